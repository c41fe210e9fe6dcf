// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static dev.pharos.system.ConsoleBed.devices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.testkit.OpenIdProvider;
import dev.pharos.testkit.OpenIdProvider.Lie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administration in the page: a person is let in there, signs in, does what the role allows, and is found in the log.
class AdminRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("ADMINROOM1", 9);
    private static final Pattern SHOWN_ONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

    private static final OpenIdProvider PROVIDER = provider();

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY, "--openid", settings().toString());

    private static OpenIdProvider provider() {
        try {
            return OpenIdProvider.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path settings() {
        try {
            Path file = Files.createTempFile("openid", ".yaml");
            file.toFile().deleteOnExit();
            Path secret = Files.writeString(Files.createTempFile("openid", ".secret"), PROVIDER.secret());
            secret.toFile().deleteOnExit();
            return Files.writeString(file, """
                    issuer: %s
                    client: %s
                    secretFile: %s
                    label: Example
                    roles: [{ group: revision, role: auditor }]
                    """.formatted(PROVIDER.issuer(), PROVIDER.client(), secret));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void end() {
        PROVIDER.close();
    }

    private static void openRoom(Page page, String tab) {
        page.getByLabel("Pages")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Admin"))
                .click();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab)).click();
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    @Test
    void a_person_is_let_in_chooses_a_password_looks_and_is_found_in_the_log() throws Exception {
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext hers = BED.window(1280, 860, ColorScheme.DARK)) {
            Page admin = BED.signedIn(own);
            openRoom(admin, "People");
            field(admin, "A new person").fill("Berta");
            button(admin, "Let in").click();
            Locator once =
                    admin.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("shown only now"));
            assertThat(once).isVisible();
            Matcher secret = SHOWN_ONCE.matcher(once.locator("code").textContent());
            assertThat(secret.find()).isTrue();
            String first = secret.group();

            Page page = hers.newPage();
            page.navigate(BED.origin() + "/devices");
            field(page, "Name").fill("Berta");
            field(page, "Password").fill("not it, surely");
            button(page.getByRole(AriaRole.MAIN), "Sign in").click();
            assertThat(page.getByText("Nobody of this name and password may sign in."))
                    .isVisible();
            field(page, "Password").fill(first);
            button(page.getByRole(AriaRole.MAIN), "Sign in").click();
            assertThat(page.getByText("Welcome, Berta.")).isVisible();
            field(page, "The password that you were given").fill(first);
            field(page, "New password").fill("four words are enough");
            field(page, "The new one once more").fill("four words are not");
            button(page, "Change the password").click();
            assertThat(page.getByText("Not the same as above")).isVisible();
            field(page, "The new one once more").fill("four words are enough");
            button(page, "Change the password").click();
            assertThat(devices(page)).isVisible();
            assertThat(page.getByText("Job for all")).isHidden();
            assertThat(page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Admin").setExact(true)))
                    .isHidden();
            page.navigate(BED.origin() + "/devices/" + GATEWAY.id() + "?tab=model&path=Device.WiFi.SSID.1.SSID");
            assertThat(page.getByTitle("Device.WiFi.SSID.1.SSID").first()).isVisible();
            assertThat(page.getByLabel("Change SSID")).hasCount(0);

            button(admin, "More for Berta").click();
            admin.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Limit…"))
                    .click();
            Locator dialog = admin.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Sees only").fill("tag:none-of-this-house");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Limit"))
                    .click();
            assertThat(admin.getByText("only tag:none-of-this-house")).isVisible();
            page.reload();
            assertThat(page.getByText("The inventory has no device " + GATEWAY.id())
                            .first())
                    .isVisible();
            assertThat(page.getByTitle("Device.WiFi.SSID.1.SSID")).hasCount(0);

            admin.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Sessions"))
                    .click();
            admin.getByLabel("End the session of Berta").click();
            assertThat(admin.getByLabel("End the session of Berta")).hasCount(0);
            page.reload();
            assertThat(field(page, "Name")).isVisible();

            openRoom(admin, "Who did what");
            field(admin, "By whom").fill("Berta");
            Locator log = admin.getByLabel("Audit log").getByRole(AriaRole.LISTITEM);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("change password")))
                    .hasCount(1);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("sign-in refused")))
                    .hasCount(1);
            assertThat(admin.locator("body")).not().containsText("four words");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    /// A phone with a passkey in it, whose owner's finger is on it: Chromium's own, for tests.
    private static void phoneWithin(BrowserContext window, Page page) {
        CDPSession devices = window.newCDPSession(page);
        devices.send("WebAuthn.enable");
        JsonObject phone = JsonParser.parseString("""
                {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                 "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}}""").getAsJsonObject();
        devices.send("WebAuthn.addVirtualAuthenticator", phone);
    }

    /// How often somebody has signed in with Paula's ring.
    private static int byHerRing() throws Exception {
        return BED.server()
                .rest()
                .get("/audit?user=Paula&action=sign%20in&text=ring")
                .path("items")
                .size();
    }

    private static Locator ownMenu(Page page, String item) {
        button(page, "Signed in as Paula").click();
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item));
    }

    @Test
    void a_person_adds_a_passkey_signs_in_with_nothing_else_and_is_found_in_the_log() throws Exception {
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext hers = BED.window(1280, 860, ColorScheme.DARK)) {
            String first = BED.server()
                    .rest()
                    .post("/users", "{\"name\": \"Paula\", \"role\": \"support\"}")
                    .path("password")
                    .asString();
            Page page = hers.newPage();
            phoneWithin(hers, page);
            page.navigate(BED.origin() + "/devices");
            field(page, "Name").fill("Paula");
            field(page, "Password").fill(first);
            button(page.getByRole(AriaRole.MAIN), "Sign in").click();
            field(page, "The password that you were given").fill(first);
            field(page, "New password").fill("four words are enough");
            field(page, "The new one once more").fill("four words are enough");
            button(page, "Change the password").click();

            ownMenu(page, "Your passkeys…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Name of a new passkey").fill("Paula's phone");
            dialog.getByLabel("Your password", new Locator.GetByLabelOptions().setExact(true))
                    .fill("four words are not");
            button(dialog, "Add a passkey").click();
            assertThat(dialog.getByText("This is not your password.")).isVisible();
            dialog.getByLabel("Your password", new Locator.GetByLabelOptions().setExact(true))
                    .fill("four words are enough");
            button(dialog, "Add a passkey").click();
            Locator line = dialog.getByLabel("Your passkeys").getByRole(AriaRole.LISTITEM);
            assertThat(line).containsText("never used");
            assertThat(new Axe().complaints(page)).isEmpty();
            page.setViewportSize(360, 740);
            ConsoleBed.untilNoWiderThanItsWindow(page);
            page.setViewportSize(1280, 860);
            button(dialog, "Rename Paula's phone").click();
            dialog.getByLabel("Another name for Paula's phone").fill("Paula's ring");
            button(dialog, "Rename").click();
            assertThat(line).containsText("Paula's ring");
            page.keyboard().press("Escape");

            // the browser offers it in the field of the name, and her finger is on it
            ownMenu(page, "Sign out").click();
            await().atMost(Duration.ofSeconds(60)).until(() -> byHerRing() == 1);
            assertThat(button(page, "Signed in as Paula")).isVisible();
            assertThat(devices(page)).isVisible();
            page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
            ownMenu(page, "Sign out").click();
            await().atMost(Duration.ofSeconds(60)).until(() -> byHerRing() == 2);
            page.reload();
            assertThat(button(page, "Signed in as Paula")).isVisible();
            ownMenu(page, "Sign out").click();
            button(page, "Sign in with a passkey").click();
            await().atMost(Duration.ofSeconds(60)).until(() -> byHerRing() == 3);
            assertThat(button(page, "Signed in as Paula")).isVisible();
            ownMenu(page, "Your passkeys…").click();
            assertThat(line).containsText("· used");

            Page admin = BED.signedIn(own);
            openRoom(admin, "People");
            assertThat(admin.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("People")))
                    .containsText("1 passkey");
            openRoom(admin, "Who did what");
            field(admin, "By whom").fill("Paula");
            Locator log = admin.getByLabel("Audit log").getByRole(AriaRole.LISTITEM);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("by the passkey Paula's ring")))
                    .hasCount(3);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("add passkey")))
                    .hasCount(1);

            button(dialog, "Remove Paula's ring").click();
            button(dialog, "Remove Paula's ring for good").click();
            assertThat(line).hasCount(0);
            page.keyboard().press("Escape");
            ownMenu(page, "Sign out").click();
            button(page, "Sign in with a passkey").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("This passkey is not known here");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void somebody_comes_through_the_provider_by_the_button_and_leaves_it_and_is_found_in_the_log() throws Exception {
        PROVIDER.isVisitedBy(Map.of("sub", "o-1", "preferred_username", "Olga", "groups", List.of("revision")));
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext hers = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = hers.newPage();
            page.navigate(BED.origin() + "/devices?sort=-lastSeen");
            Locator through =
                    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Example"));
            PROVIDER.lies(Lie.OTHER_NONCE);
            through.click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("not good enough to sign you in");
            PROVIDER.lies();
            through.click();
            assertThat(devices(page)).isVisible();
            assertThat(page.url()).contains("/devices?sort=-lastSeen");

            Page admin = BED.signedIn(own);
            openRoom(admin, "People");
            assertThat(admin.getByLabel("People", new Page.GetByLabelOptions().setExact(true))
                            .getByRole(AriaRole.LISTITEM)
                            .filter(new Locator.FilterOptions().setHasText("Olga")))
                    .containsText("comes through " + PROVIDER.issuer());
            openRoom(admin, "Who did what");
            Locator log = admin.getByLabel("Audit log").getByRole(AriaRole.LISTITEM);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("Unexpected JWT nonce")))
                    .hasCount(1);
            field(admin, "By whom").fill("Olga");
            assertThat(log.filter(new Locator.FilterOptions().setHasText("through " + PROVIDER.issuer())))
                    .hasCount(1);

            button(page, "Signed in as Olga").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign out at Example as well"))
                    .click();
            assertThat(through).isVisible();
            assertThat(PROVIDER.asked()).contains("/logout");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_token_is_made_shown_once_and_removed_when_that_is_confirmed() throws Exception {
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.DARK)) {
            Page admin = BED.signedIn(own);
            openRoom(admin, "Tokens");
            field(admin, "A new token").fill("for a script");
            button(admin, "Make").click();
            assertThat(admin.getByText("pharos_")).isVisible();
            Locator line = admin.getByLabel("Tokens", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("for a script"));
            assertThat(line).containsText("viewer");
            own.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            button(line, "Remove…").click();
            button(admin.getByRole(AriaRole.DIALOG), "Copy as…").press("Enter");
            admin.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Copy as ./pharos …"))
                    .press("Enter");
            assertThat(admin.getByText("Command copied")).isVisible();
            assertThat((String) admin.evaluate("() => navigator.clipboard.readText()"))
                    .matches("\\./pharos tokens --remove [A-Za-z0-9_-]+");
            assertThat(line).isVisible();
            button(admin.getByRole(AriaRole.DIALOG), "Remove").click();
            assertThat(line).hasCount(0);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    /// Asks as one token for what another may approve; both are the server's own token's, which is nobody's.
    private static final String ASK = """
            async ([device]) => {
              const { csrf } = await (await fetch('/api/v1/session')).json();
              const send = async (path, body, headers) => (await fetch(path, { method: 'POST', body: JSON.stringify(body),
                headers: { 'Content-Type': 'application/json', ...headers } })).json();
              const token = async (name) => (await send('/api/v1/tokens', { name, role: 'engineer' }, { 'X-CSRF-Token': csrf })).token;
              const asks = { Authorization: 'Bearer ' + await token('asks') };
              const set = (value) => send('/api/v1/jobs', { name: value, devices: [device], steps: [{ set: { updateObjects: [
                { objPath: 'Device.DeviceInfo.', paramSettings: [{ param: 'ProvisioningCode', value }] }] } }] }, asks);
              await set('television');
              await set('winter');
              return token('decides');
            }""";

    private static final String RULES = """
            async (body) => {
              const { csrf } = await (await fetch('/api/v1/session')).json();
              await fetch('/api/v1/approval-rules', { method: 'PUT', body,
                headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf } });
            }""";

    @Test
    void what_nobody_does_alone_is_looked_at_by_somebody_else_and_refused_or_approved() throws Exception {
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext others = BED.window(1280, 860, ColorScheme.DARK)) {
            Page admin = BED.signedIn(own);
            openRoom(admin, "Approvals");
            assertThat(admin.getByText("One person is enough for anything: 0 people could approve."))
                    .isVisible();
            admin.evaluate(RULES, "{\"applies\":\"always\",\"devices\":0}");
            admin.reload();
            assertThat(admin.getByText("A factory reset, and what changes more than 0 devices, waits"))
                    .isVisible();
            Object token = admin.evaluate(ASK, List.of(GATEWAY.id().toString()));
            admin.reload();
            Locator all = admin.getByLabel("Approvals", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LISTITEM);
            assertThat(all).hasCount(2);
            button(all.first(), "Look at approval 2").click();
            assertThat(button(admin.getByRole(AriaRole.DIALOG), "Take back")).isDisabled();

            Page other = others.newPage();
            other.navigate(BED.origin() + "/admin?tab=approvals#token=" + token);
            Locator lines = other.getByLabel("Approvals", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LISTITEM);
            Locator unwanted = lines.filter(new Locator.FilterOptions().setHasText("television"));
            assertThat(unwanted).containsText("waits · asked for by asks");
            button(unwanted, "Look at approval 1").click();
            Locator dialog = other.getByRole(AriaRole.DIALOG);
            assertThat(dialog.getByLabel("What would be done"))
                    .containsText("set Device.DeviceInfo.ProvisioningCode=television");
            dialog.getByLabel("Why not").fill("not while they watch it");
            button(dialog, "Refuse").click();
            assertThat(unwanted).containsText("refused by decides: not while they watch it");
            Locator wanted = lines.filter(new Locator.FilterOptions().setHasText("winter"));
            button(wanted, "Look at approval 2").click();
            button(other.getByRole(AriaRole.DIALOG), "Approve").click();
            assertThat(wanted).containsText("approved by decides");
            wanted.getByRole(AriaRole.LINK).click();
            assertThat(other.getByText("ProvisioningCode=winter").first()).isVisible();
            admin.evaluate(RULES, "{\"applies\":\"auto\",\"devices\":100}");
            // what waits is answered 409, which the browser notes
            assertThat(BED.complaints()).allMatch(said -> said.contains("409"));
        }
    }

    @Test
    void another_system_is_told_of_events_with_the_secret_that_was_shown_until_it_is_removed() throws Exception {
        AtomicInteger status = new AtomicInteger(204);
        BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            told.add(Told.of(exchange));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        other.start();
        try (BrowserContext own = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page admin = BED.signedIn(own);
            openRoom(admin, "Webhooks");
            assertThat(admin.getByText("No other system is told of anything.")).isVisible();
            field(admin, "A new webhook").fill("duty");
            Locator address = field(admin, "Address of the other system");
            address.fill("http://elsewhere.example/hook");
            assertThat(admin.getByText("Without TLS: anybody on the way can read it"))
                    .isVisible();
            assertThat(button(admin, "Make the webhook")).isDisabled();
            address.fill("http://127.0.0.1:" + other.getAddress().getPort() + "/hook");
            button(admin, "Make the webhook").click();
            String secret = admin.getByRole(AriaRole.STATUS)
                    .filter(new Locator.FilterOptions().setHasText("shown only now"))
                    .locator("code")
                    .textContent();
            Locator line = admin.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Webhooks"))
                    .getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("duty"));
            button(line, "Test").click();
            assertThat(admin.getByText("duty took it within")).isVisible();
            assertThat(told.poll(20, TimeUnit.SECONDS)).satisfies(each -> each.isSignedWith(secret));

            BED.server().rest().post("/devices/" + GATEWAY.id() + "/usp/set", """
                            {"updateObjects": [{"objPath": "Device.WiFi.SSID.1.", "paramSettings":
                                [{"param": "SSID", "value": "Told", "required": true}]}]}""");
            Told change = told.poll(20, TimeUnit.SECONDS);
            assertThat(change).satisfies(each -> each.isSignedWith(secret));
            assertThat(change.body()).contains("ValueChange", "Told");
            button(line, "What was sent").click();
            Locator deliveries = admin.getByLabel("Deliveries of duty").getByRole(AriaRole.LISTITEM);
            assertThat(deliveries.first()).containsText("delivered");
            status.set(500);
            button(line, "Test").click();
            assertThat(admin.getByText("duty did not take it").first()).isVisible();

            button(line, "Remove…").click();
            button(admin.getByRole(AriaRole.DIALOG), "Remove").click();
            assertThat(admin.getByText("No other system is told of anything.")).isVisible();
            openRoom(admin, "Who did what");
            assertThat(admin.getByLabel("Audit log")
                            .getByRole(AriaRole.LISTITEM)
                            .filter(new Locator.FilterOptions().setHasText("duty"))
                            .first())
                    .isVisible();
            assertThat(admin.locator("body")).not().containsText(secret);
            assertThat(BED.complaints()).isEmpty();
        } finally {
            other.stop(0);
        }
    }

    /// What a webhook sent.
    private record Told(String id, String time, String signature, String body) {
        static Told of(HttpExchange exchange) throws IOException {
            return new Told(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        void isSignedWith(String secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            byte[] expected = mac.doFinal((id + "." + time + "." + body).getBytes(StandardCharsets.UTF_8));
            assertThat(signature).isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"people", "tokens", "sessions", "webhooks", "audit", "server"})
    void administration_fits_on_a_phone(String tab) throws Exception {
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(phone);
            page.navigate(BED.origin() + "/admin?tab=" + tab);
            assertThat(page.getByRole(AriaRole.TABPANEL)).isVisible();
            page.waitForLoadState();
            assertNoSidewaysScrolling(page);
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
