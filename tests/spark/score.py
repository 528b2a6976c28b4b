"""Scores answer sheets, a JSON object a line, on Apache Spark.

    spark-submit --files path/to/pathquiz score.py TO REJECTS FROM...

TO is a folder that does not exist yet, REJECTS one that every machine sees, FROM what Spark reads as lines, compressed or
not. Name the files one by one where the order of the results matters: Spark takes those of a folder in any order. Give every person an `id`: without one the number of the line names them, and each part
counts its own lines. With a bank of your own, ship it the same way (`--files pathquiz,bank.toml`) and add `--bank`.
"""

import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession

target, rejects, *sources = sys.argv[1:]
spark = SparkSession.builder.appName("pathquiz").getOrCreate()
context = spark.sparkContext

# `--files` puts the program into the folder where a machine works; on one machine (local[N]) into one of Spark's own.
program = SparkFiles.get("pathquiz") if context.master.startswith("local") else "./pathquiz"

# Status 4 says that rows were rejected, and they stand in a file: no reason to fail. Any other status but 0 ends the job.
command = """sh -c '"$PROGRAM" score --rejects "$(mktemp "$REJECTS/part-XXXXXX")" || test $? -eq 4'"""
environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PROGRAM": program, "REJECTS": rejects}

context.textFile(",".join(sources)).pipe(command, environment, checkCode=True).saveAsTextFile(target)
spark.stop()
