import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startModelProcess } from "./model-process";

const home = fileURLToPath(new URL("./embeddings/", import.meta.url));
export const EMBEDDING_MODEL = "all-MiniLM-L6-v2";

/** Why no model can be asked here; undefined where one can. */
export const embeddingsMissing = () =>
  existsSync(`${home}model/model.safetensors`) && existsSync(`${home}site/tokenizers`)
    ? undefined
    : `${EMBEDDING_MODEL} not found: run tests/peers/install.sh`;

/** all-MiniLM-L6-v2 on this machine's processor, at a free port of 127.0.0.1. */
export const startEmbeddings = () =>
  startModelProcess("python3", ["serve.py"], {
    cwd: home,
    env: { PYTHONPATH: `${home}site`, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
