// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static dev.pharos.system.ConsoleBed.devices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page in a real browser, on a real server with a living gateway behind it.
class BrowserTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("BROWSER1", 7);
    private static final String ID = GATEWAY.id().toString();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    @SuppressWarnings("NullAway.Init") // set before each test
    private BrowserContext context;

    @BeforeEach
    void open_a_window() {
        context = BED.window(1280, 860, ColorScheme.LIGHT);
    }

    @AfterEach
    void close_it() {
        context.close();
    }

    private static void openTab(Page page, String name) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
    }

    private static Page openDevice(Page page) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(ID)).click();
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(ID).setLevel(1)))
                .isVisible();
        return page;
    }

    private static void searchModel(Page page, String words) {
        page.getByLabel("Search names and values").fill(words);
        assertThat(page.getByText("matches").or(page.getByText("1 match")).first())
                .isVisible();
    }

    private static Locator line(Page page, String path) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByTitle(path, new Page.GetByTitleOptions().setExact(true))));
    }

    @Test
    void the_list_shows_the_gateway_and_a_slash_goes_to_the_filter() throws Exception {
        Page page = BED.signedIn(context);
        assertThat(page).hasURL(BED.origin() + "/devices");
        Locator row = devices(page).getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(ID));
        assertThat(row).containsText("Online");
        assertThat(row).containsText("Simulated Gateway");
        page.keyboard().press("/");
        Locator filter = ConsoleBed.query(page, "Filter devices");
        assertThat(filter).isFocused();
        filter.fill("nothing like this");
        assertThat(row).isHidden();
        filter.fill("browser1");
        assertThat(row).isVisible();
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void devices_are_counted_and_a_bar_narrows_the_filter_to_its_devices() throws Exception {
        Page page = BED.signedIn(context);
        Locator countBy = page.getByPlaceholder("Count by model, tag, path …");
        countBy.fill("model");
        countBy.press("Enter");
        Locator counts = page.getByLabel("Devices by model");
        assertThat(counts).containsText("1 device");
        counts.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Simulated Gateway"))
                .click();
        assertThat(ConsoleBed.query(page, "Filter devices")).hasValue("model = \"Simulated Gateway\"");
        assertThat(devices(page).getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(ID)))
                .isVisible();
        countBy.fill("Device.WiFi.Nothing");
        countBy.press("Enter");
        assertThat(page.getByLabel("Devices by Device.WiFi.Nothing")).containsText("1 without a known value");
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void the_devices_of_a_filter_are_saved_as_a_table_for_other_programs() throws Exception {
        Page page = BED.signedIn(context);
        ConsoleBed.query(page, "Filter devices").fill("BROWSER1");
        assertThat(page.getByText("1 device found")).isVisible();
        Download saved = page.waitForDownload(() -> button(page, "Save as CSV").click());
        assertThat(saved.suggestedFilename()).isEqualTo("devices.csv");
        List<String> lines = Files.readAllLines(saved.path());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("id,status,reason,manufacturer");
        assertThat(lines.get(1)).startsWith(ID + ",online,");
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void a_filter_is_saved_as_a_group_chosen_and_deleted_with_a_way_back() throws Exception {
        Page page = BED.signedIn(context);
        Locator filter = ConsoleBed.query(page, "Filter devices");
        filter.fill("online:true");
        button(page, "Groups").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name").fill("here now");
        button(dialog, "Save the group").click();
        assertThat(dialog.getByRole(AriaRole.LISTITEM)).containsText("1 device");
        button(dialog, "Show").click();
        assertThat(filter).hasValue("group:\"here now\"");
        assertThat(devices(page).getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(ID)))
                .isVisible();

        button(page, "Groups").click();
        button(dialog, "Delete group here now").click();
        assertThat(dialog.getByRole(AriaRole.LISTITEM)).hasCount(0);
        button(page, "Undo").click();
        assertThat(dialog.getByRole(AriaRole.LISTITEM)).containsText("here now");
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void a_value_is_staged_reviewed_applied_and_shown() throws Exception {
        Page page = openDevice(BED.signedIn(context));
        openTab(page, "Data model");
        assertThat(page.getByRole(AriaRole.TREEGRID)).isVisible();
        page.keyboard().press("/");
        assertThat(page.getByLabel("Search names and values")).isFocused();
        searchModel(page, "SSID");
        searchModel(page, SSID);
        Locator line = line(page, SSID);
        line.getByLabel("Change SSID: ").click();
        Locator editor = line.getByRole(AriaRole.TEXTBOX);
        editor.fill("Lantern");
        editor.press("Enter");
        Locator staged = page.getByLabel("Staged changes");
        assertThat(staged).containsText("1 change");
        button(staged, "Review…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText(SSID);
        assertThat(dialog).containsText("Lantern");
        button(dialog, "Apply").click();
        assertThat(dialog).containsText("Set, and read back as Lantern.");
        dialog.getByText("Close", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(staged).isHidden();
        assertThat(line).containsText("Lantern");
        assertThat(BED.server().rest().value(ID, SSID)).isEqualTo("Lantern");
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void what_happens_on_the_device_appears_at_once() throws Exception {
        Page page = openDevice(BED.signedIn(context));
        openTab(page, "Events");
        Locator events = page.getByLabel("Events", new Page.GetByLabelOptions().setExact(true))
                .getByRole(AriaRole.LISTITEM);
        assertThat(events.first()).isVisible();
        assertThat(page.getByText("Live").first()).isAttached();
        BED.server().rest().set(ID, SSID, "Beacon");
        Locator event = events.filter(new Locator.FilterOptions().setHasText("Beacon"));
        assertThat(event.first()).containsText("Value changed");
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void commands_run_at_once_and_in_the_background() throws Exception {
        Page page = openDevice(BED.signedIn(context));
        openTab(page, "Data model");
        searchModel(page, "Device.WiFi.Reset()");
        button(page, "Run Device.WiFi.Reset()").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        button(dialog, "Run").click();
        assertThat(dialog.getByText("Done", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        dialog.getByText("Close", new Locator.GetByTextOptions().setExact(true)).click();

        // not every host has a ping
        searchModel(page, "Device.DNS.Diagnostics.NSLookupDiagnostics()");
        button(page, "Run Device.DNS.Diagnostics.NSLookupDiagnostics()").click();
        Map.of(
                        "HostName", "www.example.com",
                        "DNSServer", "127.0.0.1:1",
                        "NumberOfRepetitions", "1",
                        "Timeout", "1000")
                .forEach((name, value) -> dialog.getByLabel(name, new Locator.GetByLabelOptions().setExact(true))
                        .fill(value));
        button(dialog, "Run").click();
        assertThat(dialog).containsText("The device works on it as");
        assertThat(dialog.getByText("SuccessCount")).isVisible();
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void the_wire_tab_shows_what_passes_decoded_and_secrets_masked() throws Exception {
        Page page = openDevice(BED.signedIn(context));
        openTab(page, "Wire");
        Locator entries = entries(page);
        // what passed before; which it is depends on how much the tests before this one have asked
        assertThat(entries.first()).isVisible();
        BED.server().rest().set(ID, "Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "lighthouse-8472");
        Locator set = entries.filter(new Locator.FilterOptions().setHasText("Set Device.WiFi.AccessPoint.1.Security."))
                .first();
        set.getByRole(AriaRole.BUTTON).first().click();
        assertThat(set).containsText("******");
        assertThat(set.getByLabel("Bytes")).isVisible();
        assertThat(page.locator("body")).not().containsText("lighthouse-8472");
        page.getByLabel("Search the wire").fill("nothing like this");
        assertThat(page.getByText("Nothing that passed fits this filter.")).isVisible();
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void a_peer_that_was_refused_is_seen_with_the_reason_in_a_sentence() throws Exception {
        knock("proto::stranger", "chat");
        Page page = BED.signedIn(context);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Refused").setExact(true))
                .click();
        Locator peer = page.getByLabel("Refused peers")
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText("Sec-WebSocket-Protocol"));
        assertThat(peer).containsText("The header Sec-WebSocket-Protocol: v1.usp is missing");
        assertThat(peer).containsText("websocket 127.0.0.1:");
        Locator entry = entries(page)
                .filter(new Locator.FilterOptions().setHasText("The header Sec-WebSocket-Protocol"))
                .first();
        assertThat(entry).containsText("Refused");
        int before = entries(page).count();
        knock("proto::stranger", "chat");
        assertThat(entries(page)).hasCount(before + 1);
        assertThat(BED.complaints()).isEmpty();
    }

    /// What the wire view shows, newest first.
    private static Locator entries(Page page) {
        return page.getByLabel("Wire", new Page.GetByLabelOptions().setExact(true))
                .getByRole(AriaRole.LISTITEM);
    }

    /// Opens a WebSocket as this endpoint, and awaits that it is refused.
    private static void knock(String id, String subprotocol) {
        URI address = URI.create(BED.server().address("ws") + "?eid=" + id.replace(":", "%3A"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.newWebSocketBuilder()
                            .subprotocols(subprotocol)
                            .buildAsync(address, new WebSocket.Listener() {})
                            .join())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void the_home_is_a_map_with_links_a_table_and_on_a_phone_a_list() throws Exception {
        Page page = BED.signedIn(context);
        page.navigate(BED.origin() + "/devices/" + ID);
        Locator home = page.getByLabel("The home", new Page.GetByLabelOptions().setExact(true));
        assertThat(home).containsText("as of");
        Locator radio = home.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("2.4 GHz"));
        assertThat(radio).isVisible();
        assertThat(home.locator(".homesvg")).containsText("dBm");
        page.setViewportSize(360, 740);
        assertThat(home.getByLabel("Who is on what")).containsText("dBm");
        assertNoSidewaysScrolling(page);
        page.setViewportSize(1280, 860);
        home.getByText("Table", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(home.getByRole(AriaRole.ROWHEADER).first()).isVisible();
        button(home, "Ask it now").click();
        assertThat(home.getByRole(AriaRole.ROW).nth(1)).containsText("now");
        home.getByText("Map", new Locator.GetByTextOptions().setExact(true)).click();
        radio.focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("tab=model&path=Device.WiFi.Radio.1."));
        assertThat(BED.complaints()).isEmpty();
    }

    @Test
    void a_device_is_compared_with_itself_at_another_moment_and_with_another_one() throws Exception {
        SimulatedAgent other = SimulatedAgent.of("BROWSER2", 8);
        try (SharedTimer timer = new SharedTimer();
                RunningGateway _ = BED.further(other, timer)) {
            BED.server().rest().set(ID, SSID, "Before");
            // a moment has whole seconds, and each of them has to be told in another one
            await().until(() -> BED.server().rest().events(ID).stream()
                    .anyMatch(event -> event.path("value").asString().equals("Before")));
            long before = Instant.now().getEpochSecond() + 1;
            await().until(() -> Instant.now().getEpochSecond() > before);
            BED.server().rest().set(ID, SSID, "Since");
            BED.server().rest().awaitStatus(other.id().toString(), "online");
            Page page = BED.signedIn(context);
            page.navigate(BED.origin() + "/devices/" + ID + "?tab=compare&at=" + before);
            Locator differences = page.getByLabel("Differences").getByRole(AriaRole.ROW);
            Locator name = differences.filter(new Locator.FilterOptions().setHasText(SSID));
            assertThat(name).containsText("Before");
            assertThat(name).containsText("Since");

            page.getByText("Another device").click();
            page.getByPlaceholder("Its Endpoint ID, or words to find it by…").fill("BROWSER2");
            page.getByRole(
                            AriaRole.OPTION,
                            new Page.GetByRoleOptions().setName(other.id().toString()))
                    .click();
            assertThat(page).hasURL(Pattern.compile("tab=compare&with=.*BROWSER2"));
            assertThat(name).containsText("Since");
            assertThat(page.getByText("that always differ left out")).isVisible();
            page.getByLabel("Search the differences").fill("nothing like this");
            assertThat(page.getByText("Nothing differs.")).isVisible();
            page.setViewportSize(360, 740);
            page.getByLabel("Search the differences").fill("");
            assertNoSidewaysScrolling(page);
            assertThat(new Axe().complaints(page)).isEmpty();
            assertThat(BED.complaints()).isEmpty();
        } finally {
            // other tests count the devices
            BED.server().rest().exchange("DELETE", RestApi.device(other.id().toString()), "", Duration.ofSeconds(20));
        }
    }

    @Test
    void the_refused_room_fits_on_a_phone_and_is_reached_there() throws Exception {
        knock("proto::stranger-on-the-phone", "chat");
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.DARK)) {
            Page page = BED.signedIn(phone);
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Refused").setExact(true))
                    .click();
            assertThat(page.getByLabel("Refused peers")).isVisible();
            assertThat(entries(page).first()).isVisible();
            assertNoSidewaysScrolling(page);
            entries(page).first().getByRole(AriaRole.BUTTON).first().click();
            assertNoSidewaysScrolling(page);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "model", "events", "wire", "subscriptions"})
    void a_phone_of_360_pixels_needs_no_sideways_scrolling_on(String tab) throws Exception {
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(phone);
            assertNoSidewaysScrolling(page);
            page.navigate(BED.origin() + "/devices/" + ID + "?tab=" + tab);
            assertThat(page.getByRole(AriaRole.TABPANEL)).isVisible();
            page.waitForLoadState();
            assertNoSidewaysScrolling(page);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void colours_follow_the_system_and_turn_with_a_button(ColorScheme system) throws Exception {
        boolean dark = system == ColorScheme.DARK;
        try (BrowserContext window = BED.window(1280, 860, system)) {
            Page page = BED.signedIn(window);
            assertThat(brightness(page)).matches(light -> light < 0.5 == dark, "fits " + system);
            button(page, dark ? "Use light colours" : "Use dark colours").click();
            assertThat(button(page, dark ? "Use dark colours" : "Use light colours"))
                    .isVisible();
            await("the other colours").atMost(Duration.ofSeconds(60)).until(() -> brightness(page) > 0.5 == dark);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    /// How bright the page's ground is, 0 to 1.
    private static double brightness(Page page) {
        return ((Number) page.evaluate("""
                        () => {
                          const rgb = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
                          return (rgb[0] + rgb[1] + rgb[2]) / 3 / 255;
                        }
                        """)).doubleValue();
    }

    @Test
    void a_wrong_token_is_refused_in_words_and_signing_out_ends_the_session() throws Exception {
        Page page = context.newPage();
        page.navigate(BED.origin() + "/devices");
        page.getByText("Access token").click();
        Locator token = page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true));
        token.fill("not-a-token");
        button(page.getByRole(AriaRole.MAIN), "Sign in").click();
        assertThat(page.getByText("This token is not valid. It may have been removed, or has expired."))
                .isVisible();
        token.fill(BED.server().rest().token());
        button(page.getByRole(AriaRole.MAIN), "Sign in").click();
        assertThat(devices(page)).isVisible();
        button(page, "Signed in as").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        Locator door = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        assertThat(door).isVisible();
        page.reload();
        assertThat(door).isVisible();
        assertThat(devices(page)).isHidden();
    }
}
