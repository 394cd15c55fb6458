/**
 * What issuers begin their credentials with, so that scanners can find them: one line a form. Sources are the issuers' own pages on the format of
 * their keys, and for old forms the rule sets of gitleaks and of GitHub's secret scanning (docs/environment.md says how to add one).
 */

export interface IssuedRule {
  /** Stands in the marker: `<redacted:github-token>`. */
  readonly kind: string
  readonly form: RegExp
  /** Of one that is a word: the form without what may not stand beside it. */
  readonly word?: string
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** Word characters and the dash on either side would make it another word. */
const asWord = (form: string): string => `(?<![\\w-])(?:${form})(?![\\w-])`
const token = (kind: string, word: string): IssuedRule => ({ kind, form: new RegExp(asWord(word), 'g'), word })
const anywhere = (kind: string, form: RegExp): IssuedRule => ({ kind, form })

export const issuedRules: readonly IssuedRule[] = [
  // Code hosting and packages
  token('github-token', 'gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\\w{40,255}'),
  token('gitlab-token', 'GR1348941[\\w-]{20}|gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\\w.-]{20,300}'),
  token('bitbucket-token', 'ATBB[A-Za-z0-9]{32}|ATCTT3[\\w=-]{100,}'),
  token('atlassian-token', 'ATATT3[\\w=-]{100,}'),
  token('npm-token', 'npm_[A-Za-z0-9]{36}'),
  anywhere('conda-token', /(?<=:\/\/[\w.:-]{0,60}conda[\w.:-]{0,60}\/t\/)[\w-]{8,}/g),
  token('pypi-token', 'pypi-[\\w-]{50,}'),
  token('crates-token', 'cio(?=[A-Za-z]*\\d)(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{32}'),
  token('rubygems-key', 'rubygems_[0-9a-f]{48}'),
  token('nuget-key', 'oy2[a-z0-9]{43}'),
  token('docker-token', 'dckr_[po]at_[\\w-]{27,}'),
  token('artifactory-key', 'AKCp[A-Za-z0-9]{65,75}'),
  token('buildkite-token', 'bkua_[0-9a-f]{40}'),
  token('circleci-token', 'CCI(?:PAT|PRJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}'),
  token('sonar-token', 'sq[apu]_[0-9a-f]{40}'),
  // Clouds
  token('aws-access-key', '(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}'),
  token('aws-bedrock-key', 'ABSK[A-Za-z0-9+/]{100,}={0,2}'),
  token('google-key', 'AIza[\\w-]{35}'),
  token('google-token', 'ya29\\.[\\w-]{20,}|1//0[\\w-]{35,}'),
  token('google-client-secret', 'GOCSPX-[\\w-]{28}'),
  anywhere('azure-key', /(?<!sha512[-:])(?<![\w+/-])[A-Za-z0-9+/]{86}==(?![\w=])/g),
  anywhere('azure-client-secret', /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g),
  token('azure-devops-token', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}'),
  token('digitalocean-token', 'do[opr]_v1_[0-9a-f]{64}'),
  token('heroku-key', 'HRKU-[\\w-]{36,}'),
  token('fly-token', 'fo1_[\\w-]{43}|fm[12]r?_[\\w+/=-]{80,}'),
  token('alibaba-key', 'LTAI[A-Za-z0-9]{12,24}'),
  token('tencent-key', 'AKID[A-Za-z0-9]{32}'),
  token('yandex-key', 'AQVN[\\w-]{35,38}|y0_[\\w-]{50,}|t1\\.[\\w-]+=*\\.[\\w-]{80,}'),
  token('cloudflare-key', 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}'),
  token('vault-token', 'hv[sbr]\\.[\\w-]{24,}|s\\.(?=[A-Za-z]*\\d)(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{24}'),
  token('terraform-token', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,}'),
  token('pulumi-token', 'pul-[0-9a-f]{40}'),
  token('doppler-token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}'),
  token('tailscale-key', 'tskey-(?:auth|api|client|scim|webhook)-[\\w-]{16,}'),
  token('onepassword-token', 'ops_eyJ[\\w+/=-]{100,}'),
  token('onepassword-key', 'A3-[A-Z0-9]{6}(?:-[A-Z0-9]{5,11}){4,5}'),
  // Models and data
  token('octopus-key', 'API-[A-Z0-9]{25,}'),
  token('harness-token', '[ps]at\\.[\\w-]{22}\\.[0-9a-f]{24}\\.[\\w-]{20}'),
  token('launchdarkly-key', `(?:sdk|mob|api)-${uuid}`),
  token('hugging-face-token', 'hf_[A-Za-z0-9]{30,}|api_org_[A-Za-z]{34}'),
  token('anthropic-key', 'sk-ant-[\\w-]{20,}'),
  token('openrouter-key', 'sk-or-v1-[0-9a-f]{64}'),
  token('langfuse-key', '[sp]k-lf-[0-9a-f-]{36}'),
  // Words have no digits and capitals between them: `sk-learn-model-of-the-year`.
  token('openai-key', 'sk-(?:(?=[\\w-]*\\d)(?=[\\w-]*[A-Z])[\\w-]{20,}|[a-z0-9]{32,})'),
  token('kaggle-token', 'KGAT_[0-9a-f]{32}'),
  token('voyage-key', 'pa-(?=[\\w-]*\\d)(?=[\\w-]*[A-Z])[\\w-]{43}'),
  token('helicone-key', 'sk-helicone-[a-z0-9]{7}(?:-[a-z0-9]{7})+'),
  token('tavily-key', 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{30,}'),
  token('render-key', 'rnd_[A-Za-z0-9]{28,}'),
  token('zhipu-key', '[0-9a-f]{32}\\.(?=[A-Za-z]*\\d)(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{16}'),
  token('cursor-key', 'key_[0-9a-f]{64}'),
  token('elevenlabs-key', 'sk_[0-9a-f]{48}'),
  token('firecrawl-key', 'fc-[0-9a-f]{32}'),
  token('runpod-key', 'rpa_[A-Z0-9]{30,}[a-z0-9]*'),
  token('replicate-token', 'r8_[A-Za-z0-9]{37}'),
  token('groq-key', 'gsk_[A-Za-z0-9]{40,}'),
  token('perplexity-key', 'pplx-[A-Za-z0-9]{40,}'),
  token('cerebras-key', 'csk-[a-z0-9]{40,}'),
  token('e2b-key', 'e2b_[0-9a-f]{40}'),
  token('xai-key', 'xai-[A-Za-z0-9]{60,}'),
  token('nvidia-key', 'nvapi-[\\w-]{50,}'),
  token('pinecone-key', 'pcsk_\\w{40,}'),
  token('langsmith-key', 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'),
  token('wandb-key', 'wandb_v1_[\\w-]{40,}'),
  token('databricks-token', 'dapi[0-9a-f]{32}(?:-\\d)?|dose[0-9a-f]{32}'),
  token('prefect-key', 'pn[ub]_[A-Za-z0-9]{36}'),
  token('dbt-token', 'dbt[ucs]_[\\w+/=-]{40,}'),
  token('clickhouse-key', '4b1d[A-Za-z0-9]{38}'),
  token('planetscale-token', 'pscale_(?:tkn|pw|oauth|app)_[\\w.=-]{32,64}'),
  token('neon-key', 'napi_[a-z0-9]{64}|npg_(?=[A-Za-z]*\\d)[A-Za-z0-9]{12,}'),
  token('supabase-key', 'sbp_[0-9a-f]{40}|sb_secret_[\\w-]{30,}'),
  token('airtable-token', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  token('mapbox-token', 'sk\\.eyJ[\\w-]{20,}\\.[\\w-]{20,}'),
  // Watching
  token('grafana-token', 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/]{32,}={0,3}'),
  token('sentry-token', 'sntrys_[\\w+/=-]{40,}|sntryu_[0-9a-f]{64}'),
  token('new-relic-key', 'NR(?:AK|JS|II|RA|AL)-[\\w-]{19,}'),
  token('dynatrace-token', 'dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'),
  token('posthog-key', 'ph[cx]_[A-Za-z0-9]{40,}'),
  token('honeycomb-key', 'hc[a-z]i[kc]_[a-z0-9]{58,}'),
  // Messages, payments, offices
  token('slack-token', 'xox[abceoprs]-[\\w-]{10,}|xox[ep]\\.xox[bp]-[\\w-]{10,}|xapp-\\d-[\\w-]{20,}'),
  anywhere('slack-webhook', /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{20,}/g),
  anywhere('discord-webhook', /(?<=discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d{15,20}\/)[\w-]{40,}/g),
  token('discord-token', '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}'),
  anywhere('telegram-token', /(?<=(?<![\w-])(?:bot)?)\d{8,10}:A[\w-]{34}(?![\w-])/g),
  anywhere('teams-webhook', /(?<=webhook\.office\.com\/webhookb?2?\/[\w@-]{20,80}\/IncomingWebhook\/)[\w/-]{20,}/g),
  anywhere('zapier-webhook', /(?<=hooks\.zapier\.com\/hooks\/catch\/)\d+\/[\w-]{6,}/g),
  anywhere('make-webhook', /(?<=hook(?:\.[a-z]+\d+)?\.(?:make|integromat)\.com\/)[a-z0-9]{28,}/g),
  anywhere('ifttt-key', /(?<=maker\.ifttt\.com\/trigger\/[\w-]{1,80}\/(?:json\/)?with\/key\/)[\w-]{16,}/g),
  anywhere('feishu-webhook', /(?<=open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/)[\w-]{20,}/g),
  anywhere(
    'chat-webhook',
    /(?<=\/\/[\w.:-]{1,80}\/hooks\/)(?:[a-z0-9]{26}|[A-Za-z0-9]{17,24}\/[A-Za-z0-9]{40,})(?![\w-])/g,
  ),
  anywhere('stream-key', /(?<=rtmps?:\/\/[\w.:-]{1,80}\/(?:live2|app|rtmp)\/)[\w?-]{12,}/g),
  token('twilio-key', 'SK[0-9a-f]{32}'),
  token('sendgrid-key', 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}'),
  token('mailgun-key', 'key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}'),
  token('mailchimp-key', '[0-9a-f]{32}-us\\d{1,2}'),
  token('brevo-key', 'xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}'),
  token('resend-key', 're_[A-Za-z0-9]{8,}_[A-Za-z0-9]{20,}'),
  token('stripe-key', '[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{32,}'),
  token('square-token', 'sq0(?:atp|csp|idp)-[\\w-]{22,}|EAAA[\\w-]{60}'),
  token('shopify-token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  token('easypost-key', 'EZ[AT]K[A-Za-z0-9]{54}'),
  token('linear-key', 'lin_(?:api|oauth)_[A-Za-z0-9]{40,}'),
  token('notion-token', 'ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}'),
  token('asana-token', '[12]/\\d{13,19}(?:/\\d{13,19})?:[0-9a-f]{32}'),
  token('flutterwave-key', 'FLWSECK(?:_TEST)?-[0-9a-f]{12,32}-X'),
  token('intercom-token', 'dG9r[A-Za-z0-9+/]{50,}={0,2}'),
  token('hubspot-token', `pat-(?:na|eu|ap)\\d-${uuid}`),
  token('lob-key', '(?:live|test)_[0-9a-f]{35}'),
  token('rapidapi-key', '[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{6}jsn[a-z0-9]{12}'),
  token('readme-key', 'rdme_[a-z0-9]{70}'),
  token('figma-token', 'fig[doru]_[\\w-]{40,}'),
  token('postman-key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  anywhere('weather-key', /(?<=openweathermap\.org\/[^\s"'<>]{1,200}[?&]appid=)[0-9a-f]{32}/g),
  // Without an issuer
  anywhere('password-hash', /\$(?:[156y]|2[abxy]|apr1|argon2(?:id|i|d))\$[\w./$=,+-]{20,}/g),
  token('secret-token', '(?<=secret-token:)[\\w.~%-]{12,}'),
  token('age-key', 'AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{58,}'),
  token('json-web-token', 'ey[JI][\\w-]{8,}\\.ey[JI][\\w-]{8,}\\.[\\w-]*'),
  anywhere('private-key', /(?<=Private-Lines: \d+(?:\n|\\n))[\s\S]*?(?=(?:\n|\\n)Private-MAC|$)/g),
  anywhere(
    'private-key',
    /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ),
]

/** One look tells whether any of them can match, which most texts end at the first character of each word. */
export const anyIssued = new RegExp(
  [
    asWord(issuedRules.flatMap(({ word }) => word ?? []).join('|')),
    ...issuedRules.filter(({ word }) => word === undefined).map(({ form }) => form.source),
  ].join('|'),
)
