//! The examples of RFC 3986, and texts that lead some readers elsewhere than others.

use super::Url;

#[test]
fn the_examples_of_rfc_3986_section_5_4() {
    let base = Url::parse("http://a/b/c/d;p?q").unwrap();
    // Fragments are left out, and `http:g` is refused, as the RFC has strict readers do.
    for (reference, target) in [
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q"),
        ("g#s", "http://a/b/c/g"),
        ("g?y#s", "http://a/b/c/g?y"),
        (";x", "http://a/b/c/;x"),
        ("g;x", "http://a/b/c/g;x"),
        ("g;x?y#s", "http://a/b/c/g;x?y"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("../../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        (".g", "http://a/b/c/.g"),
        ("g..", "http://a/b/c/g.."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/../x", "http://a/b/c/g"),
        ("http://h/../g", "http://h/g"),
    ] {
        assert_eq!(base.join(reference).unwrap().as_str(), target, "{reference}");
        // A reader that others wrote agrees, but for the fragment and the slash of an empty path.
        let mut theirs = url::Url::parse(base.as_str()).unwrap().join(reference).unwrap();
        theirs.set_fragment(None);
        assert_eq!(theirs, url::Url::parse(target).unwrap(), "{reference}");
    }
    for refused in ["g:h", "http:g", "http:/g", "javascript:x", "localhost:80/x", "ftp://a/g"] {
        assert!(base.join(refused).is_none(), "{refused}");
    }
}

/// Whatever a browser makes of them, these stay on the host or lead nowhere.
#[test]
fn what_readers_do_not_agree_about_leads_to_no_other_host() {
    let base = Url::parse("https://api.example.com/v1/l?q").unwrap();
    for reference in [
        "\\\\evil.example/x",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "ht\ntps://evil.example",
        "https:\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https:////evil.example",
        "///evil.example",
        "https://evil.example\\@api.example.com:x",
        "https://evil\u{3002}example",
        "//\u{ff45}vil.example",
        "https://api.example.com:99999/",
        "https://[::1",
        "https://[evil.example]/",
        "https://e%76il.example",
        "https://a b/",
        "//",
        "https://",
    ] {
        let target = base.join(reference);
        assert!(target.is_none_or(|it| it.host() == "api.example.com"), "{reference:?}");
    }
}

#[test]
fn users_are_seen_and_hosts_are_what_follows_the_last_at_sign() {
    let base = Url::parse("https://api.example.com/").unwrap();
    for (reference, host) in [
        ("https://api.example.com@evil.example/", "evil.example"),
        ("//api.example.com:443@evil.example", "evil.example"),
        ("https://a@b@evil.example", "evil.example"),
        ("https://api.example.com\\@evil.example/", "evil.example"),
    ] {
        let target = base.join(reference).unwrap();
        assert_eq!((target.host(), target.has_user()), (host, true), "{reference}");
    }
}

#[test]
fn hosts_and_ports_have_one_spelling() {
    for (text, origin, port, here) in [
        ("HTTPS://API.Example.com:443/x", "https://api.example.com", None, false),
        ("http://h:80", "http://h", None, false),
        ("http://h:", "http://h", None, false),
        ("https://h:80/", "https://h:80", Some(80), false),
        ("http://[0:0::1]:8080/", "http://[::1]:8080", Some(8080), true),
        ("http://LOCALHOST/", "http://localhost", None, true),
        ("http://a.localhost/", "http://a.localhost", None, true),
        ("http://127.8.9.1/", "http://127.8.9.1", None, true),
        ("http://localhost.example/", "http://localhost.example", None, false),
        // Some resolvers read this as 127.0.0.1; nothing is permitted because of it.
        ("http://127.1/", "http://127.1", None, false),
    ] {
        let url = Url::parse(text).unwrap();
        assert_eq!((url.origin(), url.port(), url.is_loopback()), (origin, port, here), "{text}");
    }
    for text in [
        "",
        "h",
        "/x",
        "https:/h",
        "https:h",
        "http://",
        "http://:80",
        "http://h:x",
        "http://h:+1",
        "http://b\u{fc}cher.example",
    ] {
        assert!(Url::parse(text).is_none(), "{text}");
    }
}

#[test]
fn what_no_url_has_is_encoded_and_what_is_encoded_stays() {
    let url = Url::parse("https://h/a b/\u{e9}\\%2F%zz?x={\"y\"}|^`<>'&z=%20").unwrap();
    assert_eq!(url.path(), "/a%20b/%C3%A9%5C%2F%zz");
    assert_eq!(url.query(), Some("x=%7B%22y%22%7D%7C%5E%60%3C%3E'&z=%20"));
    assert!(url.as_str().parse::<http::Uri>().is_ok());
}
