/** The program of a thread that lays out one graph and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Graph } from '../port.ts'
import { drawing } from './drawing.ts'

const text = new TextEncoder().encode(JSON.stringify(drawing(workerData as Pick<Graph, 'nodes' | 'edges'>)))
parentPort?.postMessage(text, [text.buffer as ArrayBuffer])
