// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A browser that signs in by an OpenID provider: its cookies, where they count, and one page after the
/// other.
final class OpenIdBrowser {
    private final Rest nobody;
    private final String begin;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<Answer> seen = new ArrayList<>();

    OpenIdBrowser(Rest nobody) {
        this(nobody, "/signin/openid");
    }

    /// @param begin where the button of the provider leads to
    OpenIdBrowser(Rest nobody, String begin) {
        this.nobody = nobody;
        this.begin = begin;
    }

    List<Answer> seen() {
        return List.copyOf(seen);
    }

    /// @return where it was sent
    String go(String path) {
        Answer answer = with(nobody, path).get(path);
        seen.add(answer);
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        assertThat(answer.status()).as(path + answer.response().body()).isEqualTo(302);
        return answer.header("Location");
    }

    private void keep(String cookie) {
        String pair = cookie.substring(0, cookie.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    private Rest with(Rest rest, String path) {
        String sent = cookies.entrySet().stream()
                .filter(cookie -> !cookie.getKey().equals("pharos_openid") || path.startsWith(begin))
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return sent.isEmpty() ? rest : rest.with("Cookie", sent);
    }

    /// From the button to where it ends.
    String signIn(String back) {
        return go(pathOf(atProvider(back)));
    }

    /// Where the provider sends it back to.
    String atProvider(String back) {
        String there = go(begin + "?back=" + Rest.segment(back));
        return new Rest(URI.create(there), Map.of()).get("").header("Location");
    }

    Answer get(String path) {
        Answer answer = with(nobody, path).get(path);
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    Answer send(String method, String path, @Nullable String body) {
        Answer answer = with(nobody, path)
                .with("X-CSRF-Token", get("/api/v1/session").json().get("csrf").stringValue())
                .send(method, path, body);
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    String trouble() {
        return get("/api/v1/session/ways").json().path("trouble").asString("");
    }

    static String pathOf(String url) {
        URI uri = URI.create(url);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
