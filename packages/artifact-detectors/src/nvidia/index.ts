/** Libraries of CUDA, cuDNN and their kin, of graphics drivers and of ROCm: whoever installed them, the file's own name has the version. */
import { type ArtifactDetector, formatPackageUrl, type PackageFound } from '@roar/core'
import { baseName } from '../by-directory.ts'

interface Family {
  readonly ecosystem: string
  readonly name: RegExp
}

const families: readonly Family[] = [
  {
    ecosystem: 'nvidia',
    name: /^lib(cudart|cublas|cublasLt|cufft|cufftw|curand|cusolver|cusolverMg|cusparse|cusparseLt|cudnn\w*|nccl|nvrtc|nvrtc-builtins|nvJitLink|cupti|nvToolsExt|nvjpeg|npp\w+|cufile|nvinfer\w*|nvonnxparser|cutensor\w*|custatevec|cudss|nvshmem\w*|cuda|nvidia-[\w-]+|nvcuvid|nvoptix)$/,
  },
  {
    ecosystem: 'amd',
    name: /^lib(amdhip64|hiprtc|hipblas\w*|hipfft|hipsolver|hipsparse\w*|hiprand|rocblas|rocfft|rocsolver|rocsparse|rocrand|MIOpen|rccl|hsa-runtime64|rocm_smi64|amd_comgr|roctx64|rocprofiler64)$/,
  },
]

export function createNvidiaDetector(): ArtifactDetector {
  return {
    name: 'nvidia',
    detect: () => null,
    packagesOf({ path }): readonly PackageFound[] {
      const at = path.lastIndexOf('.so.')
      if (at < 0) return []
      const file = baseName(path)
      const cut = file.indexOf('.so.')
      const [name, version] = [file.slice(0, cut), file.slice(cut + 4)]
      const family = cut < 0 ? undefined : families.find((one) => one.name.test(name))
      if (family === undefined) return []
      const library = name.slice(3)
      const purl = formatPackageUrl({ type: 'generic', namespace: family.ecosystem, name: library, version })
      return [{ ecosystem: family.ecosystem, package: library, version, purl, location: path }]
    },
  }
}
