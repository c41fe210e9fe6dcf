// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.testkit.Prosody;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both ends with Prosody between them, where it is installed.
class XmppLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final RetryBackoff SOON = new RetryBackoff(Duration.ofMillis(100), 1000);
    private static final String DEVICE = "device@xmpp.test/one";

    private static @Nullable Prosody server;
    private static @Nullable TestAuthority authority;

    @TempDir
    static Path place;

    private final List<XmppLink> opened = new ArrayList<>();

    @BeforeAll
    static void launch() throws IOException {
        assumeTrue(
                Prosody.binary().isPresent(),
                "Prosody is not installed: its tests are skipped (apt-get install prosody)");
        TestAuthority made = new TestAuthority(place);
        authority = made;
        server = new Prosody(place, made, Map.of("acs", "acs-word", "device", "device-word"));
    }

    @AfterAll
    static void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        opened.forEach(XmppLink::close);
    }

    private static <T> T running(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Prosody does not run");
        }
        return part;
    }

    /// A device, or somebody who calls one.
    private static final class Listener implements Callee {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<LinkState> states = new CopyOnWriteArrayList<>();
        private volatile Answer answer = Answer.COMES;

        @Override
        public Answer called(String from, String username, String password) {
            calls.add(from + " " + username + " " + password);
            return answer;
        }

        @Override
        public void changed(LinkState state) {
            states.add(state);
        }

        LinkState.Down failure() {
            await().atMost(PATIENCE).until(() -> states.stream().anyMatch(LinkState.Down.class::isInstance));
            return states.stream()
                    .filter(LinkState.Down.class::isInstance)
                    .map(LinkState.Down.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private XmppLink link(String name, String password, Path trusted, Listener listener) {
        XmppAccount account = new XmppAccount(
                name,
                password,
                Prosody.DOMAIN,
                "one",
                List.of(
                        new XmppAccount.Place("127.0.0.1", 1),
                        new XmppAccount.Place("127.0.0.1", running(server).port())),
                true,
                Duration.ofMillis(500));
        XmppLink link = XmppLink.open(
                new XmppLink.Source() {
                    @Override
                    public XmppAccount account() {
                        return account;
                    }

                    @Override
                    public SSLContext trust() throws IOException {
                        return HttpsTrust.read(TlsSettings.trusting(trusted));
                    }
                },
                SOON,
                listener);
        opened.add(link);
        return link;
    }

    private XmppLink link(String name, Listener listener) throws IOException {
        return link(name, name + "-word", running(authority).trusted(), listener);
    }

    private static void isUp(XmppLink link) {
        await().atMost(PATIENCE).until(() -> link.state() instanceof LinkState.Up);
    }

    @Test
    void a_device_is_called_with_its_login_by_a_name_that_the_server_has_checked() throws IOException {
        Listener device = new Listener();
        XmppLink acs = link("acs", new Listener());
        isUp(link("device", device));
        isUp(acs);
        assertThat(device.states).endsWith(new LinkState.Up(DEVICE, true));
        assertThat(acs.call(DEVICE, "us", "our <word>", CALL)).isEmpty();
        assertThat(device.calls).containsExactly("acs@xmpp.test/one us our <word>");
    }

    @Test
    void why_a_device_does_not_come_is_said_in_words() throws IOException {
        Listener device = new Listener();
        XmppLink acs = link("acs", new Listener());
        isUp(link("device", device));
        isUp(acs);
        device.answer = Callee.Answer.NOT_AUTHORIZED;
        assertThat(acs.call(DEVICE, "us", "wrong", CALL)).contains("over XMPP it does not take our login for calls");
        device.answer = Callee.Answer.UNAVAILABLE;
        assertThat(acs.call(DEVICE, "us", "word", CALL)).contains("over XMPP it is not there, or busy");
        assertThat(acs.call("nobody@xmpp.test/one", "us", "word", CALL)).contains("over XMPP it is not there, or busy");
        assertThat(acs.call("a b@@/", "us", "word", CALL)).contains("where it is reached over XMPP is no Jabber ID");
    }

    @Test
    void a_wrong_password_and_a_server_that_nobody_vouches_for_are_told_and_no_password_with_them(
            @TempDir Path elsewhere) throws IOException {
        Listener wrong = new Listener();
        XmppLink refused = link("acs", "not-its-word", running(authority).trusted(), wrong);
        assertThat(wrong.failure().trouble()).isEqualTo(LinkState.Trouble.NOT_ACCEPTED);
        Listener distrusted = new Listener();
        XmppLink distrusting = link("acs", "acs-word", new TestAuthority(elsewhere, "Other").trusted(), distrusted);
        assertThat(distrusted.failure().reason()).contains("is not trusted").doesNotContain("acs-word");
        for (XmppLink down : List.of(refused, distrusting)) {
            assertThat(down.call(DEVICE, "us", "word", CALL).orElseThrow())
                    .startsWith("no connection to the XMPP server: ");
        }
        assertThat(wrong.states.toString()).doesNotContain("not-its-word");
        assertThat(Files.readString(place.resolve("output.log"))).doesNotContain("not-its-word");
    }

    @Test
    void it_connects_again_when_the_server_has_started_anew() throws IOException {
        Listener device = new Listener();
        XmppLink acs = link("acs", new Listener());
        isUp(link("device", device));
        isUp(acs);
        running(server).restart();
        await().atMost(PATIENCE)
                .until(() -> acs.call(DEVICE, "us", "word", CALL).isEmpty());
        assertThat(device.states).anyMatch(LinkState.Down.class::isInstance);
    }
}
