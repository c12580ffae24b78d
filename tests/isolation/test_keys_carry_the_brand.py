"""Cache keys, files, topics and log lines name the brand they belong to."""

import json
import logging

import pytest
from django.core.cache import caches

from cxplatform.tenancy.cache import brand_key
from cxplatform.tenancy.doors import DoorError, brand_tx, shared_tx
from cxplatform.tenancy.files import brand_dir
from cxplatform.tenancy.logs import line_formatter
from cxplatform.tenancy.scope import unit_of_work
from cxplatform.tenancy.topics import topic


def test_one_brand_cannot_read_anothers_cache_entry(twins):
    acme, globex = twins
    cache = caches["default"]

    with brand_tx(acme):
        cache.set("answer", "acme's")
    with brand_tx(globex):
        assert cache.get("answer") is None
    with shared_tx():
        assert cache.get("answer") is None
    with brand_tx(acme):
        assert cache.get("answer") == "acme's"


def test_a_cache_key_outside_a_door_raises(twins):
    with pytest.raises(DoorError):
        brand_key("answer", "", 1)


def test_files_of_two_brands_lie_in_two_folders(twins):
    acme, globex = twins

    assert brand_dir(acme, "imports") != brand_dir(globex, "imports")
    assert acme.schema in str(brand_dir(acme, "imports"))


@pytest.mark.parametrize("part", ["..", "../../elsewhere", "/etc"])
def test_a_path_out_of_the_brands_folder_is_refused(twins, part):
    acme, _ = twins

    with pytest.raises(ValueError, match="leaves the brand's folder"):
        brand_dir(acme, part)


def test_topics_of_two_brands_differ(twins):
    acme, globex = twins

    assert topic(acme.id, "import-job", 1) == f"{acme.schema}:import-job:1"
    assert topic(globex.id, "import-job", 1) != topic(acme.id, "import-job", 1)


def test_a_log_line_names_the_schema_it_was_written_in(twins):
    acme, _ = twins
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "hello", None, None)

    with unit_of_work():
        with brand_tx(acme):
            inside = json.loads(line_formatter().format(record))
        after = json.loads(line_formatter().format(record))
    outside = json.loads(line_formatter().format(record))

    assert inside["schema"] == acme.schema
    assert after["schema"] == acme.schema
    assert "schema" not in outside
