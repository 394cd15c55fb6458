/** What programs leave behind for themselves: lost, it would be made again, and no result would differ. */

/** By a folder's name, or two, anywhere. */
export const ignoredFolders: ReadonlyMap<string, string> = reasons({
  'bytecode cache': '__pycache__',
  'version control': '.git .hg .svn .jj .bzr _darcs .sl',
  'lineage records': '.roar',
  'tool cache':
    '.mypy_cache .pytest_cache .ruff_cache .ipynb_checkpoints .hypothesis .tox .nox .eggs .gradle .parcel-cache .turbo .nyc_output .sass-cache .pytype .pyre .ccls-cache .clangd .nv .triton .ccache .theano .keras_cache .fontconfig .texlive .Rproj.user .snakemake .nextflow .terragrunt-cache .cache-loader .fseventsd .Trash .Spotlight-V100 .bokeh node_modules/.cache node_modules/.vite .next/cache .dvc/tmp var/tmp/dvc .matplotlib/tex.cache Library/Caches',
  'package cache': '.npm/_cacache .npm/_logs .yarn/cache .cargo/registry',
  'editor state': '.vscode .idea .vs .fleet .zed .vscode-server .cursor-server .vim .emacs.d .nano',
})

/** One pattern for all of them: it is tried on every directory of a run. */
export const anyFolder = new RegExp(
  `/(${[...ignoredFolders.keys()].map((folder) => folder.replaceAll('.', '\\.')).join('|')})(?:/|$)`,
)

/** Inside version control, but the data itself: git-annex and datalad leave a symlink in the work tree. */
export const dataInside = /\/\.git\/(?:modules\/.+\/)?annex\/objects(?:\/|$)/

/**
 * Folders of `~/.cache`. It is not ignored as a whole: Hugging Face, torch.hub, pooch, kagglehub and others keep models and data sets in it.
 */
export const ignoredCaches = new Set(
  [
    'pip uv pypoetry pipenv pdm hatch virtualenv pre-commit matplotlib fontconfig mesa_shader_cache mesa_shader_cache_db',
    'nvidia node node-gyp go-build golangci-lint yarn npm pnpm deno bun Homebrew ccache sccache bazel black ruff mypy pylint',
    'jedi parso numba thumbnails gstreamer-1.0 ibus tracker tracker3 dconf electron typescript helm JetBrains ms-playwright',
    'Cypress rosetta gradle coursier Python-Eggs R renv reticulate conda flit gitstatus p10k starship zsh bash fish oh-my-zsh',
    'direnv nix motd.legal-displayed man less vim nvim emacs fsh samba event-sound-cache libgweather obexd pyflakes roar',
  ].flatMap((line) => line.split(' ')),
)

/** Folders that a variable of the environment names, as their tools read it. What Hugging Face's and Go's modules' variables name are models and packages. */
export const cacheVariables: readonly string[] = [
  'GOCACHE GOLANGCI_LINT_CACHE PIP_CACHE_DIR UV_CACHE_DIR POETRY_CACHE_DIR PDM_CACHE_DIR PIPENV_CACHE_DIR npm_config_cache',
  'NPM_CONFIG_CACHE YARN_CACHE_FOLDER BUN_INSTALL_CACHE_DIR CCACHE_DIR SCCACHE_DIR NUMBA_CACHE_DIR TRITON_CACHE_DIR',
  'TORCHINDUCTOR_CACHE_DIR CUDA_CACHE_PATH JAX_COMPILATION_CACHE_DIR RUFF_CACHE_DIR MYPY_CACHE_DIR BLACK_CACHE_DIR',
  'PYTHONPYCACHEPREFIX CYPRESS_CACHE_FOLDER TURBO_CACHE_DIR NX_CACHE_DIRECTORY DVC_SITE_CACHE_DIR',
].flatMap((line) => line.split(' '))

/** By a file's own name. */
export const ignoredNames: readonly (readonly [RegExp, string])[] = [
  [/^\..+\.sw[a-px]$|^\.#|^#.*#$|^.+~$|^\.~lock\..*#$|^~\$|^\.goutputstream-\w{6}$/, 'editor file'],
  [/\.(?:cpython|pypy)-?\d+\S*\.pyc(?:\.\d+)?$/, 'bytecode cache'],
  // Of a submodule or a linked work tree: a file that names the repository.
  [/^\.git$/, 'version control'],
  [/^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.directory)$/, 'desktop file'],
  [/^fontlist-v\d+\.json(?:\.matplotlib-lock)?$/, 'tool cache'],
  [/^\.(?:eslintcache|stylelintcache|Rhistory)$|\.tsbuildinfo$/, 'tool cache'],
  // Cargo's own, wherever $CARGO_HOME is: when it last used which package, and locks.
  [/^\.(?:global-cache|package-cache)(?:-journal|-mutate)?$/, 'package cache'],
  [/^\.(?:rustc_info\.json|cargo-lock)$/, 'tool cache'],
  [/^\.nfs[0-9a-f]{16,}$|^\.fuse_hidden[0-9a-f]+$/, 'file system leftover'],
]

/** Go's build cache, wherever $GOCACHE is: cmd/go/internal/cache, an action or its data below the first byte of its digest. */
export const goCache = /\/([0-9a-f]{2})\/\1[0-9a-f]{62}-[ad]$/

/** In the home directory itself: read by shells and tools at their start. */
export const homeSettings =
  /^(?:\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|bash_history|bash_completion|profile|zshrc|zshenv|zprofile|zlogin|zsh_history|zcompdump.*|inputrc|dircolors|gitconfig|gitignore(?:_global)?|gitattributes|vimrc|viminfo|nanorc|emacs|screenrc|tmux\.conf|curlrc|wgetrc|wget-hsts|hgrc|python_history|python_startup\.py|node_repl_history|lesshst|less|psqlrc|sqlite_history|sqliterc|gdbinit|Xauthority|ICEauthority|selected_editor|sudo_as_admin_successful|hushlogin|condarc|mambarc|pydistutils\.cfg|Rprofile|Renviron|octaverc|digrc|rnd|parallel\/.*|cargo\/env|config\/(?:git|go|pip|uv|matplotlib|fish|htop|procps|nvim|starship\.toml|user-dirs\.dirs|pulse|dconf|gtk-[34]\.0|Code|npm|yarn|configstore|conda|powershell)(?:\/.*|$)|pip\/pip\.conf|local\/state\/.*|local\/share\/jupyter\/(?:runtime(?:\/.*|$)|notebook_secret|nbsignatures\.db.*)|jupyter\/migrated|ipython\/(?:README|profile_[^/]+\/(?:startup\/README|history\.sqlite\S*|(?:db|log|pid|security)(?:\/.*|$)))|local\/share\/(?:fish|zsh|recently-used\.xbel|Trash)(?:\/.*|$)|local\/share\/uv\/(?:tools|python)\/\.(?:lock|gitignore)$))$/

/** Where a run of roar's keeps its log while it lasts: host/src/run/run-directory.ts. */
export const runDirectory = /^roar-\d+\/run-\w{6}(?:\/|$)/

/** Sockets, locks and scratch of services and installers, directly in a temporary directory. */
export const temporaryNames =
  /^(?:\.(?:X11|ICE|XIM|font|Test)-unix|\.X\d+-lock|ssh-\w+|tmux-\d+|systemd-private-.+|snap-private-tmp|hsperfdata_.+|pip-(?:build|install|req|unpack|ephem|modern|standalone|uninstall|metadata|wheel|target|record)\S*|npm-\d+\S*|pymp-\w+|screens?|uscreens|dbus-\w+|runtime-\w+|vscode-\S+|\.org\.chromium\S+|cc\w{6}\.(?:s|o|c|res|ld|le|cdtor\.[co])|gpg-\w+|sem\.\S+|psm_\w+|torch_\d+_\S+|nccl-\w+|joblib_memmapping_folder_\S+|PostgreSQL\.\d+|uv-[0-9a-f]{16}\.lock)$/

function reasons(named: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(named).flatMap(([why, names]) => names.split(' ').map((name) => [name, why] as const)))
}
