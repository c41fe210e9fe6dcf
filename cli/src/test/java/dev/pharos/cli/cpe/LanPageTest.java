// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.RequestDownload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The page of the device for the people at home, by a browser that follows nothing.
class LanPageTest extends ContactStage {
    private final HttpClient browser = HttpClient.newHttpClient();
    private boolean known = true;
    private final LanPage page = LanPage.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            () -> known ? Optional.of(contact) : Optional.empty());

    LanPageTest() throws IOException {}

    @AfterEach
    void it_closes() {
        page.close();
        browser.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(page.url()).resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String origin) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(page.url()).resolve("/request"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String own() {
        return page.url().substring(0, page.url().length() - 1);
    }

    /// A kick, while which the clock goes on.
    private HttpResponse<String> kick(String query) throws Exception {
        soon();
        CompletableFuture<HttpResponse<String>> answer = browser.sendAsync(
                HttpRequest.newBuilder(URI.create(page.kickUrl() + query))
                        .header("Referer", "http://portal.example/" + "x".repeat(100))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        while (!answer.isDone()) {
            Thread.sleep(10);
            soon();
        }
        return answer.get();
    }

    @Test
    void it_shows_what_is_under_way_and_what_can_be_asked_for() throws Exception {
        HttpResponse<String> shown = get("/");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("<p>None.</p>", "for new firmware");
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/request").statusCode()).isEqualTo(405);
    }

    @Test
    void who_asks_from_this_page_is_heard_and_nobody_else() throws Exception {
        soon();
        assertThat(post("file=firmware", "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(post("file=firmware", "null").statusCode()).isEqualTo(403);
        assertThat(post("file=everything", own()).statusCode()).isEqualTo(400);
        assertThat(post("", own()).statusCode()).isEqualTo(400);
        assertThat(post("file=firmware", own()).statusCode()).isEqualTo(200);
        soon();
        assertThat(answers).containsExactly(new RequestDownload("1 Firmware Upgrade Image", List.of()));
        known = false;
        assertThat(post("file=firmware", own()).statusCode()).isEqualTo(503);
        assertThat(post("x".repeat(Limits.FORM_BYTES + 1), own()).statusCode()).isEqualTo(413);
    }

    @Test
    void a_kick_leads_where_the_acs_says() throws Exception {
        HttpResponse<String> sent = kick("?command=buy&arg=1&next=http%3A%2F%2Fportal.example%2Fdone");
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(sent.headers().firstValue("Location")).contains("http://portal.example/done");
        assertThat(answers)
                .hasSize(1)
                .allMatch(each -> each instanceof Kicked kicked
                        && kicked.command().equals("buy")
                        && kicked.arg().equals("1")
                        && kicked.referer().length() == 64);
        assertThat(kick("?command=" + "x".repeat(33)).statusCode()).isEqualTo(400);
    }

    @Test
    void a_browser_is_sent_to_pages_of_the_web_alone_and_hears_what_was_refused() throws Exception {
        for (String next : List.of("javascript:alert(1)", "", "/relative", "http://a b/")) {
            kickedAnswer = _ -> new KickedResponse(next);
            assertThat(kick("?command=a" + next.length()).statusCode()).as(next).isEqualTo(200);
        }
        kickedAnswer = _ -> CwmpFault.of(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED, "no");
        HttpResponse<String> refused = kick("?command=b");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("the provider does not take it");
    }

    @Test
    void who_asks_too_often_is_told_so() throws Exception {
        for (int i = 0; i < Limits.CALLS_AT_ONCE; i++) {
            assertThat(post("file=firmware", own()).statusCode()).isEqualTo(200);
        }
        assertThat(post("file=firmware", own()).statusCode()).isEqualTo(503);
    }
}
