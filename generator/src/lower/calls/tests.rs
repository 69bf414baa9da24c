//! Names of operations, on lists that are written out.

use super::{CallName, Choice, NamedOperation, choose, common_params, names};
use crate::ir::Method;
use std::collections::HashSet;

/// An operation: `GET /path operationId`, or `WEBSOCKET /path`, with a tag behind a bar.
struct Line {
    opens_socket: bool,
    method: Method,
    path: String,
    id: Option<String>,
    tags: Vec<String>,
}

fn lines(text: &str) -> Vec<Line> {
    let line = |text: &str| {
        let (text, tag) = text.split_once(" | ").map_or((text, None), |it| (it.0, Some(it.1)));
        let mut words = text.split_whitespace();
        let method = words.next().expect("a line begins with a method");
        let opens_socket = method == "WEBSOCKET";
        let method = match method {
            "GET" | "WEBSOCKET" => Method::Get,
            "PUT" => Method::Put,
            "POST" => Method::Post,
            "DELETE" => Method::Delete,
            "PATCH" => Method::Patch,
            other => panic!("no method: {other}"),
        };
        let path = words.next().expect("a line has a path").to_owned();
        let tags = tag.into_iter().map(str::to_owned).collect();
        Line { opens_socket, method, path, id: words.next().map(str::to_owned), tags }
    };
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(line).collect()
}

fn calls(lines: &[Line]) -> Vec<CallName<'_>> {
    let mut calls = Vec::new();
    for Line { opens_socket, method, path, id, tags } in lines {
        let (method, opens_socket) = (*method, *opens_socket);
        calls.push(CallName { method, path, id: id.as_deref(), tags, opens_socket });
    }
    calls
}

fn shown(named: &[NamedOperation]) -> Vec<String> {
    named.iter().map(|it| format!("{}.{}", it.chain.join("."), it.method)).collect()
}

/// Checks lines that end in ` = name`.
#[track_caller]
fn check(choice: Choice, on_client: &[&str], text: &str) {
    let pairs: Vec<_> = text.lines().filter_map(|it| it.trim().split_once(" = ")).collect();
    let lines = lines(&pairs.iter().map(|it| it.0).collect::<Vec<_>>().join("\n"));
    let on_client: HashSet<&str> = on_client.iter().copied().collect();
    let found = shown(&names(&calls(&lines), &on_client, choice));
    let wanted: Vec<_> = pairs.iter().map(|it| it.1).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_collection_and_its_items_have_the_usual_methods() {
    check(
        Choice::Paths,
        &[],
        "GET /v1/things = things.list
         POST /v1/things = things.create
         GET /v1/things/{id} = things.get
         POST /v1/things/{id} = things.update
         DELETE /v1/things/{id} = things.delete
         PUT /v1/notes/{id} = notes.replace
         PATCH /v1/notes/{id} = notes.update
         DELETE /v1/notes = notes.delete_all",
    );
}

#[test]
fn handles_nest_as_literals_do() {
    check(
        Choice::Paths,
        &[],
        "GET /agents = agents.list
         GET /agents/{a} = agents.get
         GET /agents/calls = agents.calls.list
         GET /agents/calls/{c} = agents.calls.get
         GET /agents/{a}/deployments = agents.deployments.list
         GET /agents/deployments/{d} = agents.deployments.get
         POST /chat/completions = chat.completions.create
         GET /admin/data_retention = admin.data_retention.get
         POST /admin/data_retention modifyDataRetention = admin.data_retention.update",
    );
}

#[test]
fn a_lone_list_is_the_parents_unless_the_parent_only_holds_others() {
    check(
        Choice::Paths,
        &[],
        "GET /tunes = tunes.list
         GET /tunes/{id} = tunes.get
         GET /tunes/{id}/voices listVoices = tunes.list_voices
         GET /tunes/templates tunes_templates = tunes.list_templates
         GET /org/audit_logs list-audit-logs = org.audit_logs.list
         GET /org/usage/images usage-images | Usage = org.usage.images",
    );
}

#[test]
fn what_is_neither_is_an_action_of_its_parent() {
    check(
        Choice::Paths,
        &[],
        "GET /files/{id} = files.get
         POST /files/{id}/cancel cancelFile = files.cancel
         GET /files/{id}/content retrieveFileContent = files.content
         GET /files/{id}/audio files_download-file-audio = files.download_audio
         GET /files/{id}/url getSignedUrl = files.get_signed_url
         POST /files/{id}/verify_microdeposits = files.verify_microdeposits
         PUT /files/{id}/archive = files.archive
         PUT /files/{id}/payload = files.update_payload
         POST /files/{id}:resume = files.resume
         GET /files:count = files.count
         POST /audio/speech createSpeech = audio.speech.create
         POST /tts/bytes tts_bytes = tts.bytes",
    );
}

#[test]
fn a_verb_may_stand_behind_its_thing() {
    check(
        Choice::Paths,
        &[],
        "POST /v1/chat/completions chat_completions_create = chat.completions.create
         POST /audio/speech audioSpeechCreate = audio.speech.create
         GET /files/{id} = files.get
         GET /files/{id}/audio files_audio_download = files.download_audio
         POST /files/{id}/thumbnail files.thumbnail.generate = files.generate_thumbnail
         POST /device/auth deviceAuthRequest = device.auth
         POST /oauth/token post_oauth_token = oauth.token
         POST /oauth/token#refresh post_oauth_token#refresh = oauth.refresh_token",
    );
}

#[test]
fn a_verb_with_a_meaning_is_kept() {
    check(
        Choice::Paths,
        &[],
        "GET /datasets/{id}/files = datasets.files.list
         POST /datasets/{id}/files datasets_uploadFile | Datasets = datasets.files.upload
         DELETE /datasets/{id}/files/{f} datasets_deleteFile | Datasets = datasets.files.delete
         POST /agents/{a}/metrics/{m} agents_add-metric-to-agent | Agents = agents.metrics.add_to_agent
         DELETE /agents/{a}/metrics/{m} agents_remove-metric-from-agent | Agents = agents.metrics.remove_from_agent
         POST /stt stt_transcribe = stt.transcribe
         POST /invites inviteUser = invites.create
         GET /users/{id} = users.get
         POST /evals/{id}/runs/{r} cancelEvalRun = evals.runs.cancel",
    );
}

#[test]
fn what_frameworks_add_to_an_operation_id_says_nothing() {
    check(
        Choice::Paths,
        &[],
        "POST /v1/chat/completions create_chat_completion_v1_chat_completions_post = chat.completions.create
         GET /v1/files files_api_routes_list_files = files.list
         GET /v1/files/{id} files_api_routes_retrieve_file = files.get
         POST /v1/customers/{c} PostCustomersCustomer = customers.update
         GET /v1/customers/{c} GetCustomersCustomer = customers.get
         PUT /2.0/files/{file_id}/metadata put_files_id_metadata = files.update_metadata
         PUT /2.0/notes/{note_id} put_notes_id = notes.update
         POST /2.0/notes/{note_id} post_notes_id = notes.post
         DELETE /2.0/notes delete_notes = notes.delete
         POST /check-api-key checkApiKey = check_api_key.check
         GET /taxonomies/{namespace}/{key} get_taxonomies_id_id = taxonomies.get
         GET /api_keys/{apiKeyID} getApiKey = api_keys.get
         GET /api_keys/{apiKeyID}/secret getApiKeySecret = api_keys.secret
         GET /folders/{folder_id} get_folders_id = folders.get
         PUT /folders/{folder_id}#add_shared_link put_folders_id#add_shared_link = folders.add_shared_link",
    );
    check(
        Choice::Paths,
        &[],
        "POST /accounts/{a}/users Gateway_CreateUser = accounts.users.create
         GET /accounts Gateway_ListAccounts = accounts.list
         GET /accounts/{a} Gateway_GetAccount = accounts.get
         POST /accounts/{a}/seal Gateway_SealAccount = accounts.seal",
    );
}

#[test]
fn what_stands_before_all_paths_goes() {
    check(
        Choice::Paths,
        &["account_id"],
        "GET /v1/accounts = accounts.list
         GET /v1/accounts/{account_id} = accounts.get
         POST /v1/accounts/{account_id}:test = accounts.test
         GET /v1/accounts/{account_id}/models = models.list
         GET /v1/accounts/{account_id}/models/{id} = models.get
         POST /v1/accounts/{account_id}/leave = accounts.leave
         GET /openai/v1/things = openai.things.list",
    );
    check(
        Choice::Paths,
        &[],
        "GET /v2/bot/message/push/{id} = message.push.get
         GET /v2/bot/message/push = message.push.list
         POST /v2/bot/coupons = coupons.create
         GET /v2/bot/coupons = coupons.list
         GET /v2/bot/richmenu/{id} = richmenu.get",
    );
    check(Choice::Paths, &[], "POST /messages?beta=true = beta.messages.create");
}

#[test]
fn calls_that_would_be_one_get_back_what_their_paths_have_lost() {
    check(
        Choice::Paths,
        &["project"],
        "GET /v1/models = models.list
         GET /v1/projects/{project}/models = projects.models.list
         POST /v1/speak = speak.create
         POST /v2/speak = v2.speak.create",
    );
}

#[test]
fn tags_that_begin_every_operation_id_are_its_resource() {
    let text = "GET /repos/{o}/issues issues/list-for-repo | issues
                GET / meta/root | meta";
    let lines = lines(text);
    assert_eq!(choose(&calls(&lines)).0, Choice::Prefixes);
    let found = names(&calls(&lines), &HashSet::new(), Choice::Prefixes);
    assert_eq!(shown(&found), ["issues.list_for_repo", "meta.root"]);
}

#[test]
fn tags_that_nest_are_handles_that_nest() {
    let text = "GET /v1/libraries libraries_list_v1 | beta.libraries
                GET /v1/libraries/{l}/documents libraries_documents_list_v1 | beta.libraries.documents
                POST /v1/libraries/{l}/documents/{d}/reprocess libraries_documents_reprocess_v1 | beta.libraries.documents
                GET /v1/models list_models_v1_models_get | models";
    let lines = lines(text);
    assert_eq!(choose(&calls(&lines)).0, Choice::Trees);
    let found = names(&calls(&lines), &HashSet::new(), Choice::Trees);
    let wanted = [
        "beta.libraries.list",
        "beta.libraries.documents.list",
        "beta.libraries.documents.reprocess",
        "models.list",
    ];
    assert_eq!(shown(&found), wanted);
}

#[test]
fn tags_of_servers_and_files_are_no_resources() {
    let line = |it: usize| {
        format!(
            "GET /v1/accounts/{{account}}/things{it} Gateway_List{it} | gateway.openapi_Gateway"
        )
    };
    let text: Vec<String> = (0..12).map(line).collect();
    let lines = lines(&text.join("\n"));
    let (choice, reason) = choose(&calls(&lines));
    assert_eq!(choice, Choice::Paths);
    assert_eq!(reason.text(), "the tags name servers or files, not resources");
    assert_eq!(common_params(&calls(&lines)), ["account"]);
}

#[test]
fn sockets_are_connected_to_or_are_actions() {
    check(
        Choice::Paths,
        &[],
        "WEBSOCKET /tts/websocket = tts.websocket
        WEBSOCKET /realtime = realtime.connect
        WEBSOCKET /events = events.connect
        WEBSOCKET /feeds/{id} = feeds.connect
        WEBSOCKET /market/trades = market.trades",
    );
}
