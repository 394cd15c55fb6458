"""Writes what today's libraries write, and says of each what it is: `fixtures.py DIRECTORY` prints one JSON object a line.

A library that is not there is skipped, with its reason.
"""
import glob
import json
import os
import struct
import sys
import traceback

out = os.path.realpath(sys.argv[1])
os.makedirs(out, exist_ok=True)
os.chdir(out)


def fixture(name, format, complete=True, left=()):
    """`left`: paths below the root that are no members."""

    def add(make):
        try:
            make(name)
            print(json.dumps({"name": name, "format": format, "complete": complete, "left": list(left)}), flush=True)
        except ImportError as error:
            print(json.dumps({"name": name, "format": format, "skipped": f"{error.name} is not installed"}), flush=True)
        except Exception:
            print(json.dumps({"name": name, "format": format, "failed": traceback.format_exc()[-400:]}), flush=True)
        return make

    return add


def write(path, data=b"x"):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


@fixture("v2.zarr", "zarr")
def _(at):
    import zarr

    group = zarr.open_group(at, mode="w", zarr_format=2)
    array = group.create_array("a/b", shape=(20, 20), chunks=(10, 10), dtype="i4")
    array[:] = 7
    zarr.consolidate_metadata(at)


@fixture("v3.zarr", "zarr")
def _(at):
    import zarr

    group = zarr.open_group(at, mode="w", zarr_format=3)
    group.create_array("deep/er", shape=(40,), chunks=(5,), shards=(20,), dtype="f8")[:] = 1.5
    zarr.consolidate_metadata(at)


@fixture("image.zarr", "ome-zarr")
def _(at):
    import zarr

    group = zarr.open_group(at, mode="w", zarr_format=3)
    group.create_array("0", shape=(8, 8), chunks=(4, 4), dtype="u1")[:] = 3
    group.attrs["ome"] = {"version": "0.5", "multiscales": [{"axes": [], "datasets": [{"path": "0"}]}]}


@fixture("series.zarr", "ome-zarr")
def _(at):
    import zarr

    group = zarr.open_group(at, mode="w", zarr_format=2, attributes={"bioformats2raw.layout": 3})
    group.create_group("0", attributes={"multiscales": [{"datasets": [{"path": "0"}]}]})


@fixture("store.icechunk", "icechunk")
def _(at):
    import icechunk
    import zarr

    repository = icechunk.Repository.create(icechunk.local_filesystem_storage(at))
    session = repository.writable_session("main")
    zarr.open_group(session.store, mode="w").create_array("a", shape=(4,), chunks=(2,), dtype="i4")[:] = 1
    session.commit("first")


# Made, and nothing committed yet: it has no manifests.
@fixture("fresh.icechunk", "icechunk")
def _(at):
    import icechunk

    icechunk.Repository.create(icechunk.local_filesystem_storage(at))


def table(rows=4):
    import pyarrow

    return pyarrow.table({"key": [i % 2 for i in range(rows)], "value": list(range(rows))})


@fixture("flat", "parquet")
def _(at):
    import pyarrow.dataset

    pyarrow.dataset.write_dataset(table(100), at, format="parquet", max_rows_per_file=20, max_rows_per_group=20)


@fixture("hive", "parquet")
def _(at):
    import pyarrow.dataset

    pyarrow.dataset.write_dataset(table(), at, format="parquet", partitioning=["key"], partitioning_flavor="hive")


@fixture("hive-csv", "partitioned")
def _(at):
    import pyarrow.dataset

    pyarrow.dataset.write_dataset(table(), at, format="csv", partitioning=["key"], partitioning_flavor="hive")


@fixture("hive-feather", "partitioned")
def _(at):
    import pyarrow.dataset

    pyarrow.dataset.write_dataset(table(), at, format="feather", partitioning=["key"], partitioning_flavor="hive")


@fixture("spark", "parquet", complete=False, left=["_temporary/0/part-00001.parquet"])
def _(at):
    import pyarrow.parquet

    os.makedirs(f"{at}/_temporary/0")
    pyarrow.parquet.write_table(table(), f"{at}/part-00000-5d1b-c000.snappy.parquet")
    pyarrow.parquet.write_table(table(), f"{at}/_temporary/0/part-00001.parquet")
    write(f"{at}/_started_1", b"")


@fixture("delta", "delta", left=["*.parquet"])
def _(at):
    import deltalake
    import pyarrow

    deltalake.write_deltalake(at, pyarrow.table({"v": [1, 2, 3]}))
    deltalake.write_deltalake(at, pyarrow.table({"v": [4]}), mode="overwrite")


@fixture("lance", "lance", left=["_versions/*.manifest", "data/*", "_transactions/*"])
def _(at):
    import lance
    import pyarrow

    lance.write_dataset(pyarrow.table({"v": [1, 2, 3]}), at)
    lance.write_dataset(pyarrow.table({"v": [4]}), at, mode="overwrite")


@fixture("warehouse/d/t", "iceberg", left=["data/*", "metadata/*"])
def _(at):
    import pyarrow
    from pyiceberg.catalog.memory import InMemoryCatalog

    catalog = InMemoryCatalog("c", warehouse=f"file://{out}/warehouse")
    catalog.create_namespace("d")
    rows = pyarrow.table({"v": [1, 2, 3]})
    made = catalog.create_table("d.t", schema=rows.schema, location=f"file://{out}/{at}")
    made.append(rows)
    made.overwrite(rows.slice(0, 1))


@fixture("hf", "huggingface-dataset")
def _(at):
    import datasets

    datasets.DatasetDict({"train": datasets.Dataset.from_dict({"a": [1, 2]})}).save_to_disk(at)


@fixture("model", "huggingface-model")
def _(at):
    import numpy
    from safetensors.numpy import save_file

    os.makedirs(at)
    names = {}
    for i in (1, 2):
        save_file({f"w{i}": numpy.zeros(3)}, f"{at}/model-0000{i}-of-00002.safetensors")
        names[f"w{i}"] = f"model-0000{i}-of-00002.safetensors"
    write(f"{at}/model.safetensors.index.json", json.dumps({"metadata": {"total_size": 48}, "weight_map": names}))
    write(f"{at}/config.json", '{"model_type": "x"}')


@fixture("weights/m.safetensors.index.json", "sharded-weights", complete=False)
def _(at):
    import numpy
    from safetensors.numpy import save_file

    os.makedirs("weights")
    save_file({"w1": numpy.zeros(3)}, "weights/m-00001-of-00002.safetensors")
    names = {"w1": "m-00001-of-00002.safetensors", "w2": "m-00002-of-00002.safetensors"}
    write(at, json.dumps({"metadata": {}, "weight_map": names}))


# As diffusers names variants.
@fixture("variant/w.safetensors.index.fp16.json", "sharded-weights")
def _(at):
    import numpy
    from safetensors.numpy import save_file

    os.makedirs("variant")
    names = {f"w{i}": f"w.fp16-0000{i}-of-00002.safetensors" for i in (1, 2)}
    for key, name in names.items():
        save_file({key: numpy.zeros(3)}, f"variant/{name}")
    write(at, json.dumps({"metadata": {}, "weight_map": names}))


@fixture("net/net.onnx", "onnx")
def _(at):
    import numpy
    import onnx
    from onnx import helper, numpy_helper

    os.makedirs("net")
    weight = numpy_helper.from_array(numpy.zeros((64, 64), dtype="f4"), "w")
    x = helper.make_tensor_value_info("x", 1, [64, 64])
    graph = helper.make_graph([helper.make_node("Add", ["x", "w"], ["y"])], "g", [x], [x], [weight])
    onnx.save(helper.make_model(graph), at, save_as_external_data=True, location="net.onnx.data", size_threshold=0)


def external_model():
    import numpy
    from onnx import helper, numpy_helper

    tensor = lambda name: numpy_helper.from_array(numpy.zeros((64, 64), dtype="f4"), name)
    x = helper.make_tensor_value_info("x", 1, [64, 64])
    constant = helper.make_node("Constant", [], ["c"], value=tensor("c"))
    nodes = [constant, helper.make_node("Add", ["x", "encoder.0.weight"], ["y"]), helper.make_node("Add", ["y", "onnx__MatMul_1"], ["x2"])]
    return helper.make_model(helper.make_graph(nodes, "g", [x], [x], [tensor("encoder.0.weight"), tensor("onnx__MatMul_1")]))


@fixture("odd/net.onnx", "onnx")
def _(at):
    import onnx

    os.makedirs("odd")
    onnx.save(external_model(), at, save_as_external_data=True, location="poidsé.bin", size_threshold=0)


# As torch.onnx writes a large model: a file each tensor, called as the tensor is.
@fixture("each/net.onnx", "onnx")
def _(at):
    import onnx

    os.makedirs("each")
    onnx.save(external_model(), at, save_as_external_data=True, all_tensors_to_one_file=False, size_threshold=0, convert_attribute=True)


@fixture("each-cut/net.onnx", "onnx", complete=False)
def _(at):
    import onnx

    os.makedirs("each-cut")
    onnx.save(external_model(), at, save_as_external_data=True, all_tensors_to_one_file=False, size_threshold=0)
    os.remove("each-cut/onnx__MatMul_1")


@fixture("gone/net.onnx", "onnx", complete=False)
def _(at):
    import onnx

    os.makedirs("gone")
    onnx.save(external_model(), at, save_as_external_data=True, location="weights.bin", size_threshold=0)
    os.remove("gone/weights.bin")


@fixture("folder/net.onnx", "onnx")
def _(at):
    import onnx

    os.makedirs("folder/weights")
    onnx.save(external_model(), at, save_as_external_data=True, location="weights/all.bin", size_threshold=0)


@fixture("family/part-*.h5", "hdf5")
def _(at):
    import h5py

    os.makedirs("family")
    for i in range(3):
        with h5py.File(f"family/part-{i:03}.h5", "w") as file:
            file["a"] = [i]


@fixture("arrow/x-*.arrow", "arrow")
def _(at):
    import pyarrow.feather

    os.makedirs("arrow")
    for i in range(2):
        pyarrow.feather.write_feather(table(), f"arrow/x-{i:04}.arrow")


def streams(at, last):
    import pyarrow

    os.makedirs(os.path.dirname(at))
    for i in range(2):
        writer = pyarrow.ipc.new_stream(at.replace("*", f"{i:04}"), table().schema)
        writer.write_table(table())
        last(i, writer)


@fixture("streams/x-*.arrow", "arrow")
def _(at):
    streams(at, lambda _, writer: writer.close())


# The second writer is not closed: the file ends behind a batch.
unclosed = []


@fixture("cut-streams/x-*.arrow", "arrow", complete=False)
def _(at):
    streams(at, lambda i, writer: unclosed.append(writer) if i else writer.close())
    with open(at.replace("*", "0001"), "rb") as file:
        assert not file.read().endswith(b"\xff\xff\xff\xff\0\0\0\0")


@fixture("split/s.h5-*.h5", "hdf5-split")
def _(at):
    import h5py

    os.makedirs("split")
    with h5py.File("split/s.h5", "w", driver="split") as file:
        file["a"] = list(range(1000))


# What `load_dataset` prepares: no `state.json`; results of `map` lie beside.
@fixture("builder/0.0.0/x", "huggingface-dataset", left=["cache-0123456789abcdef.arrow"])
def _(at):
    import datasets

    write("builder.jsonl", '{"a": 1}\n{"a": 2}\n')
    datasets.load_dataset("json", data_files="builder.jsonl", cache_dir="builder-cache")
    os.makedirs("builder/0.0.0")
    (made,) = glob.glob("builder-cache/json/*/0.0.0/*/")
    os.rename(made, at)
    write(f"{at}/cache-0123456789abcdef.arrow")


def masked_crc(data):
    """CRC-32C, rotated and shifted as TFRecord has it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF)


def record(data):
    length = struct.pack("<Q", len(data))
    return length + masked_crc(length) + data + masked_crc(data)


@fixture("records/train-*-of-00003.tfrecord", "tfrecord", complete=False)
def _(at):
    for i in (0, 2):
        write(f"records/train-0000{i}-of-00003.tfrecord", record(b"example"))


@fixture("shards/d-*.tar", "webdataset")
def _(at):
    import tarfile

    os.makedirs("shards")
    for i in range(3):
        with tarfile.open(f"shards/d-{i:06}.tar", "w") as tar:
            tar.addfile(tarfile.TarInfo(f"{i}.txt"))


@fixture("cut/d-*.tar", "webdataset", complete=False)
def _(at):
    import tarfile

    os.makedirs("cut")
    for i in range(3):
        with tarfile.open(f"cut/d-{i:06}.tar", "w") as tar:
            tar.addfile(tarfile.TarInfo(f"{i}.txt"))
    os.truncate("cut/d-000002.tar", 512)


@fixture("cut-hive", "parquet", complete=False)
def _(at):
    import pyarrow.dataset

    pyarrow.dataset.write_dataset(table(), at, format="parquet", partitioning=["key"], partitioning_flavor="hive")
    last = sorted(glob.glob(f"{at}/*/*.parquet"))[-1]
    os.truncate(last, os.path.getsize(last) - 9)


@fixture("cut-st/model.safetensors.index.json", "sharded-weights", complete=False)
def _(at):
    import numpy
    from safetensors.numpy import save_file

    os.makedirs("cut-st")
    names = [f"model-0000{i}-of-00002.safetensors" for i in (1, 2)]
    for name in names:
        save_file({name: numpy.zeros(100)}, f"cut-st/{name}")
    os.truncate(f"cut-st/{names[1]}", os.path.getsize(f"cut-st/{names[1]}") - 1)
    write("cut-st/model.safetensors.index.json", json.dumps({"weight_map": {name: name for name in names}}).encode())


@fixture("sales/s-*.csv", "csv-shards")
def _(at):
    import csv

    os.makedirs("sales")
    for name in ("s-000", "s-001", "s-2023"):
        with open(f"sales/{name}.csv", "w") as file:
            csv.writer(file).writerow([name])


@fixture("lines/l-*-of-00002.jsonl", "jsonl-shards")
def _(at):
    for i in range(2):
        write(f"lines/l-0000{i}-of-00002.jsonl", "{}\n")


def by_hand(name, format, files, **more):
    fixture(name, format, **more)(lambda at: [write(f"{at}/{path}", data) for path, data in files.items()])


# Their writers are too large to be installed for a test: laid out by hand as their documentation and sources have it.
spark = "part-0000%d-5d1b7f2a-0000-4000-8000-0123456789ab-c000.json"
by_hand("spark-json", "partitioned", {spark % 0: "{}\n", spark % 1: "{}\n", "_SUCCESS": b""})
by_hand("spark-cut", "partitioned", {spark % 0: "{}\n", "_temporary/0/" + spark % 1: "{}\n"}, complete=False, left=["_temporary/0/*"])
by_hand("lines-hive", "partitioned", {f"day={d}/part-{i:05}.jsonl.gz": b"x" for d in (1, 2) for i in (0, 1)})
by_hand("hudi", "hudi", {".hoodie/hoodie.properties": b"x", ".hoodie/20260101000000000.commit": b"{}", ".hoodie/20260101000000001.commit": b"{}", "p/f1-0_0-1-1_20260101000000000.parquet": b"PAR1", "p/f1-0_0-1-1_20260101000000001.parquet": b"PAR1"}, left=["p/f1-0_0-1-1_20260101000000000.parquet"])
# As Hudi 1.0 (table version 8) and 0.15 (6) were seen to write; cut down to what tells the slices apart.
def hudi(version, files):
    timeline = ".hoodie/timeline/" if version == 8 else ".hoodie/"
    placed = {(timeline if name.startswith("@") else "") + name.lstrip("@"): data for name, data in files.items()}
    return {".hoodie/hoodie.properties": f"hoodie.table.version={version}", **placed}


def instant(number):
    return "202611300136%05d" % number


done = lambda number, action="deltacommit": {f"@{instant(number)}.{action}.requested": b"", f"@{instant(number)}.{action}.inflight": b"", f"@{instant(number)}_{instant(number + 1)}.{action}": b"{}"}
by_hand("hudi-log", "hudi", hudi(8, {**done(10), **done(20), f"@{instant(30)}.deltacommit.requested": b"", f"@{instant(30)}_{instant(31)}.deltacommit": b"{}", f"@{instant(40)}.compaction.requested": b"", f"p/f-0_0-1-1_{instant(10)}.parquet": b"PAR1", f"p/.f-0_{instant(20)}.log.1_0-2-2": b"x", f"p/.f-0_{instant(30)}.log.1_0-3-3": b"x", f"p/.g-0_{instant(30)}.log.1_0-3-4": b"x"}))
by_hand("hudi-compacted", "hudi", hudi(8, {**done(10), **done(20), f"@{instant(30)}.compaction.inflight": b"", f"@{instant(30)}_{instant(35)}.commit": b"{}", f"p/f-0_0-1-1_{instant(10)}.parquet": b"PAR1", f"p/.f-0_{instant(20)}.log.1_0-2-2": b"x", f"p/f-0_0-3-3_{instant(30)}.parquet": b"PAR1"}), left=["p/f-0_0-1-1_*", "p/.f-0_*"])
by_hand("hudi-killed", "hudi", hudi(8, {**done(10), f"@{instant(20)}.deltacommit.requested": b"", f"@{instant(20)}.deltacommit.inflight": b"", f"p/f-0_0-1-1_{instant(10)}.parquet": b"PAR1", f"p/.f-0_{instant(20)}.log.1_0-2-2": b"x"}), complete=False, left=["p/.f-0_*"])
replacing = json.dumps({"partitionToReplaceFileIds": {"p": ["f-0"]}})
by_hand("hudi-replaced", "hudi", hudi(6, {f"@{instant(10)}.commit": b"{}", f"@{instant(20)}.replacecommit": replacing, f"p/f-0_0-1-1_{instant(10)}.parquet": b"PAR1", f"p/g-0_0-2-2_{instant(20)}.parquet": b"PAR1"}), left=["p/f-0_*"])
# The first commits are archived, and a cleaning is done.
by_hand("hudi-archived", "hudi", hudi(6, {f"@{instant(20)}.commit": b"{}", f"@{instant(30)}.clean.requested": b"", f"@{instant(30)}.clean.inflight": b"", f"@{instant(30)}.clean": b"", ".hoodie/archived/.commits_.archive.1_1-0-1": b"x", f"p/f-0_0-1-1_{instant(10)}.parquet": b"PAR1", f"p/g-0_0-2-2_{instant(20)}.parquet": b"PAR1"}))
added = '{"add":{"path":"a.parquet","deletionVector":{"storageType":"u","pathOrInlineDv":"%s"}}}'
removed = '{"remove":{"path":"a.parquet"}}'
# Without order: the commit that gives a file its deletion vector has its addition first.
by_hand("delta-vector", "delta", {"_delta_log/%020d.json" % 0: '{"add":{"path":"a.parquet"}}', "_delta_log/%020d.json" % 1: added % ("0" * 20) + "\n" + removed, "a.parquet": b"PAR1", "deletion_vector_00000000-0000-0000-0000-000000000000.bin": b"x", "left.parquet": b"PAR1"}, left=["left.parquet"])
by_hand("delta-gap", "delta", {"_delta_log/%020d.json" % 0: '{"add":{"path":"a.parquet"}}', "_delta_log/%020d.json" % 2: removed, "a.parquet": b"PAR1"}, complete=False)
by_hand("delta-resumed", "delta", {"_delta_log/%020d.json" % 0: '{"add":{"path":"a.parquet"}}', "_delta_log/%020d.checkpoint.parquet" % 2: b"PAR1", "_delta_log/%020d.json" % 3: removed, "a.parquet": b"PAR1"})
by_hand("robot", "lerobot", {"meta/info.json": '{"codebase_version": "v3.0"}', "data/chunk-000/file-000.parquet": b"PAR1", "notes.txt": b"x"}, left=["notes.txt"])
by_hand("tfds/1.0.0", "tfds", {"dataset_info.json": "{}", "features.json": "{}", "d-train.tfrecord-00000-of-00001": b"x"})
by_hand("dcp", "torch-dcp", {".metadata": b"x", "__0_0.distcp": b"x", "__1_0.distcp": b"x"})
by_hand("dcp-cut", "torch-dcp", {"__0_0.distcp": b"x"}, complete=False)
by_hand("orbax/7", "orbax", {"_CHECKPOINT_METADATA": "{}", "default/manifest.ocdbt": b"\x0c\xdb\x3a\x2a", "default/d/ab": b"x"})
by_hand("8.orbax-checkpoint-tmp", "orbax", {"_CHECKPOINT_METADATA": "{}"}, complete=False)
by_hand("saved", "saved-model", {"saved_model.pb": b"x", "variables/variables.index": b"x", "variables/variables.data-00000-of-00001": b"x"})
by_hand("ml", "mlflow-model", {"MLmodel": "flavors:\n  x: {}\n", "model.pkl": b"x"})
by_hand("deepspeed", "deepspeed", {"latest": b"global_step1", "global_step1/mp_rank_00_model_states.pt": b"x"})
by_hand("megatron", "megatron", {"metadata.json": '{"sharded_backend": "torch_dist"}', "common.pt": b"x", "x.bin": b"x"})
by_hand("mds", "mds", {"index.json": '{"version": 2, "shards": [{"raw_data": {"basename": "shard.00000.mds"}}]}', "shard.00000.mds": b"x"})
by_hand("coco", "coco", {"annotations/instances_train.json": '{"images": []}', "train/1.jpg": b"x"})
by_hand("yolo", "yolo", {"images/train/1.jpg": b"x", "labels/train/1.txt": b"x", "labels/train.cache": b"x"}, left=["labels/train.cache"])
# The splits are large together, not each.
by_hand("pets-split", "image-folder", {f"{split}/{kind}/{i}.jpg": b"x" for split in ("train", "test") for kind in ("cat", "dog") for i in range(6 if split == "train" else 1)})
by_hand("captions", "image-folder", {f"{split}/{name}": b"x" for split in ("train", "validation") for name in ["metadata.csv", *(f"{i}.png" for i in range(6))]})
# As Roboflow exports it.
by_hand("coco-splits", "coco", {f"{split}/{name}": b'{"info":{},"images":[]}' for split in ("train", "valid") for name in ("_annotations.coco.json", "1.jpg", "2.jpg")})
dicom = b"\0" * 128 + b"DICM"
by_hand("series", "dicom", {f"IM{i:04}.dcm": dicom for i in range(3)})
by_hand("disc", "dicom", {"DICOMDIR": dicom, "IMAGES/IM1": dicom, "IMAGES/IM2": dicom})
by_hand("pets", "image-folder", {f"{kind}/{i}.jpg": b"x" for kind in ("cat", "dog") for i in range(6)})
by_hand("models--a--b", "huggingface-cache", {"blobs/ab": b"x", "snapshots/1/m.bin": b"x", "refs/main": b"1", "blobs/cd.lock": b""}, left=["blobs/cd.lock"])
by_hand("repository", "icechunk", {"repo": "ICE\U0001f9caCHUNK", "snapshots/A": b"x", "manifests/B": b"x", "chunks/C": b"x"})
by_hand("keras", "huggingface-model", {"config.json": '{"class_name": "Functional"}', "model.weights.h5": b"x"})
by_hand("whisper", "huggingface-model", {"config.json": '{"lang_ids": []}', "model.bin": b"x", "vocabulary.json": "[]"})
by_hand("bag", "bagit", {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-sha256.txt": b"x", "data/a": b"x"})
fixture("gguf/m-*-of-00002.gguf", "gguf")(lambda at: [write(f"gguf/m-0000{i}-of-00002.gguf", b"GGUF") for i in (1, 2)])
fixture("tf/model.ckpt.*", "tf-checkpoint")(lambda at: [write(f"tf/model.ckpt.{end}") for end in ("index", "data-00000-of-00001")])
fixture("dask/*.part", "parts")(lambda at: [write(f"dask/{i}.part", "a,b\n") for i in range(3)])
fixture("dask-cut/*.part", "parts", complete=False)(lambda at: [write(f"dask-cut/{i}.part", "a,b\n") for i in (0, 1, 3)])
fixture("towns/a.b.shp", "shapefile")(lambda at: [write(f"towns/a.b.{end}") for end in ("shp", "shx", "dbf", "prj", "cpg", "shp.xml")])
fixture("towns-cut/t.shp", "shapefile", complete=False)(lambda at: [write(f"towns-cut/t.{end}") for end in ("shp", "dbf")])
