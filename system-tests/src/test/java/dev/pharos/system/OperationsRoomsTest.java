// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The daily work in the page, with one server for all of it: what a device measures, an image on its way to
/// devices, alarms, and queries that are completed.
class OperationsRoomsTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("OPERATIONS1", 14);
    private static final String DEVICE = "/devices/" + GATEWAY.id();

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    private static Locator lines(Page page, String list) {
        return page.getByLabel(list, new Page.GetByLabelOptions().setExact(true))
                .getByRole(AriaRole.LISTITEM);
    }

    private static Locator holding(Locator lines, String text) {
        return lines.filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void a_device_pings_with_one_click_is_made_to_stop_and_its_results_stay() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + DEVICE);
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Diagnostics"))
                    .click();
            assertThat(page.getByText("Nothing was measured from here yet.")).isVisible();
            page.getByText("How to measure").click();
            Locator packets = page.getByLabel("Packets");
            packets.fill("many");
            assertThat(button(page, "Measure")).isDisabled();
            packets.fill("1");
            page.getByLabel("Host or address").fill("127.0.0.1");
            page.keyboard().press("Enter");
            Locator ping = holding(lines(page, "What was measured"), "It answered");
            assertThat(ping).containsText("Asked by admin");
            assertThat(page.getByRole(AriaRole.STATUS)
                            .filter(new Locator.FilterOptions().setHasText("Ping of 127.0.0.1: It answered")))
                    .hasCount(1);
            assertThat(page).hasURL(Pattern.compile("\\?tab=diagnostics&run=\\d+$"));

            packets.fill("1000");
            button(page, "Measure").click();
            Locator endless = holding(lines(page, "What was measured"), "The device is at work");
            assertThat(endless.getByRole(AriaRole.PROGRESSBAR)).isVisible();
            button(endless, "Cancel").click();
            assertThat(holding(lines(page, "What was measured"), "Cancelled")).hasCount(1);

            page.getByText("UDP echo", new Page.GetByTextOptions().setExact(true))
                    .click();
            button(page, "Measure").click();
            assertThat(holding(lines(page, "What was measured"), "No answer to 4 packets"))
                    .hasCount(1);
            page.reload();
            assertThat(lines(page, "What was measured")).hasCount(3);
            assertThat(page.getByText("Everything that the device told")).hasCount(1);

            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Overview"))
                    .click();
            assertThat(lines(page, "Last measured")).hasCount(3);
            assertThat(BED.server().rest().get("/audit?action=diagnose").path("items"))
                    .hasSize(3);
            assertThat(BED.complaints()).isEmpty();
        }
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.DARK)) {
            Page page = BED.signedIn(phone);
            page.navigate(BED.origin() + DEVICE + "?tab=diagnostics");
            assertThat(lines(page, "What was measured")).hasCount(3);
            assertNoSidewaysScrolling(page);
        }
    }

    @Test
    void what_a_parameter_was_is_kept_drawn_looked_at_closer_and_read_as_a_table() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + DEVICE + "?tab=history");
            assertThat(page.getByText("Of this device no values are kept yet")).isVisible();
            Locator wanted = page.getByPlaceholder("Device.WiFi.Radio.*.Stats.Noise");
            wanted.fill("Device.Wi");
            assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
            wanted.fill("Device.WiFi.Radio.*.Channel");
            wanted.press("Escape");
            button(page, "Keep").click();
            Locator chart = page.getByLabel("Device.WiFi.Radio.*.Channel", new Page.GetByLabelOptions().setExact(true));
            assertThat(chart.getByText("Nothing was told in this span.")).isVisible();

            RestApi rest = BED.server().rest();
            String series = RestApi.device(GATEWAY.id().toString()) + "/series?path=Device.WiFi.Radio.1.Channel";
            // what is kept is known within two seconds
            for (int channel = 1; rest.get(series).path("points").size() < 3; channel = channel % 11 + 1) {
                rest.post(RestApi.device(GATEWAY.id().toString()) + "/usp/set", """
                        {"updateObjects": [{"objPath": "Device.WiFi.Radio.1.", "paramSettings": [
                            {"param": "Channel", "value": "%d", "required": true}]}]}""".formatted(channel));
            }
            page.reload();
            assertThat(chart.getByRole(AriaRole.IMG))
                    .hasAttribute(
                            "aria-label", Pattern.compile("over time. 1: low \\d+, mean [\\d.]+, high \\d+, last"));
            button(page, "Zoom out").click();
            assertThat(page).hasURL(Pattern.compile("tab=history&last=172800$"));
            BoundingBox drawn = chart.locator("canvas").boundingBox();
            page.mouse().move(drawn.x + drawn.width / 2, drawn.y + 40);
            page.mouse().down();
            page.mouse().move(drawn.x + drawn.width - 40, drawn.y + 40);
            page.mouse().up();
            assertThat(page).hasURL(Pattern.compile("tab=history&from=\\d+&to=\\d+$"));
            assertThat(chart.getByText("Nothing was told in this span.")).isVisible();
            page.getByText("24 h", new Page.GetByTextOptions().setExact(true)).click();
            chart.getByRole(AriaRole.SWITCH, new Locator.GetByRoleOptions().setName("as a table"))
                    .check(new Locator.CheckOptions().setForce(true));
            assertThat(chart.getByRole(AriaRole.ROW).nth(3)).isVisible();

            button(chart, "More of Device.WiFi.Radio.*.Channel").click();
            page.getByText("Keep it no longer, of any device").click();
            assertThat(page.getByText("Of this device no values are kept yet")).isVisible();
            assertThat(BED.complaints()).isEmpty();
        }
    }

    /// Whoever has this token, in a window of their own.
    private static Page signedInBy(BrowserContext window, String token) {
        Page page = window.newPage();
        page.navigate(BED.origin() + "/campaigns#token=" + token);
        return page;
    }

    private static Locator status(Page page, String words) {
        return page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(words));
    }

    @Test
    void a_campaign_is_made_approved_by_another_started_followed_and_rolled_back() throws Exception {
        Path image = Files.writeString(BED.folder().resolve("waves-3.1.0.img"), "an image");
        assertThat(BED.server()
                        .pharos("firmware", "upload", image.toString(), "--name", "waves", "--version", "3.1.0")
                        .status())
                .isZero();
        String anna = engineer("anna");
        String bob = engineer("bob");
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext his = BED.window(360, 740, ColorScheme.DARK)) {
            Page page = signedInBy(window, anna);
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Firmware").setExact(true))
                    .click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("In waves…"))
                    .click();
            ConsoleBed.query(page, "Which devices").fill("OPERATIONS1");
            page.getByLabel("Waves").fill("1, rest");
            assertThat(status(page, "would leave a wave without any")).isVisible();
            page.getByLabel("Waves").fill("rest");
            assertThat(status(page, "1 device now, 1 online")).isVisible();
            button(page, "Make the campaign").click();
            assertThat(page.getByText("Something is missing above: What it is called."))
                    .isVisible();
            page.getByLabel("Name").fill("three");
            button(page, "Make the campaign").click();
            assertThat(status(page, "Somebody other than anna, who made it")).isVisible();
            assertThat(button(page, "Approve")).hasCount(0);

            Page other = signedInBy(his, bob);
            other.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("three"))
                    .click();
            button(other, "Approve").click();
            assertThat(status(other, "It begins when somebody starts it.")).isVisible();
            assertNoSidewaysScrolling(other);

            page.reload();
            button(page, "Start…").click();
            button(page.getByRole(AriaRole.DIALOG), "Start it").click();
            assertThat(status(page, "It is done: 1 of 1 device")).isVisible();
            assertThat(page.getByLabel("Devices of this campaign")).containsText("3.1.0 runs, in place of");
            assertThat(page.getByLabel("What happened, the newest first")).containsText("approved by bob");

            button(page, "Roll back…").click();
            button(page.getByRole(AriaRole.DIALOG), "Roll back").click();
            assertThat(status(page, "It is rolled back: 1 of 1 device")).isVisible();
            assertThat(BED.server().rest().value(GATEWAY.id().toString(), "Device.DeviceInfo.SoftwareVersion"))
                    .isNotEqualTo("3.1.0");
            button(page, "Delete…").click();
            button(page.getByRole(AriaRole.DIALOG), "Delete it").click();
            assertThat(page.getByText("There is no campaign yet.")).isVisible();
            assertThat(BED.server().rest().audited())
                    .containsSubsequence(
                            "create campaign",
                            "approve campaign",
                            "start campaign",
                            "roll back campaign",
                            "delete campaign");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    private static String engineer(String name) throws IOException, InterruptedException {
        return BED.server()
                .rest()
                .post("/tokens", "{\"name\": \"" + name + "\", \"role\": \"engineer\"}")
                .path("token")
                .asString();
    }

    @Test
    void a_rule_is_tried_and_saved_and_its_alarm_is_looked_after_muted_and_cleared() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.DARK)) {
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/alarms");
            assertThat(page.getByText("Nobody wants to be told of anything yet."))
                    .isVisible();
            button(page, "To the rules").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New rule"))
                    .click();
            ConsoleBed.query(page, "A device that is").fill("modle = X");
            assertThat(status(page, "nothing is called \"modle\"")).isVisible();
            ConsoleBed.query(page, "A device that is").fill("online:true");
            ConsoleBed.query(page, "Which devices").fill("OPERATIONS1");
            assertThat(status(page, "It is so on 1 device of 1 now: 1 alarm")).isVisible();
            page.getByLabel("Name").fill("here");
            button(page, "Save the rule").click();
            Locator rule = lines(page, "Rules");
            assertThat(rule).containsText("online:true");

            page.navigate(BED.origin() + "/");
            page.getByLabel("What is wrong")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("1 alarm of the rule here"))
                    .click();
            button(page, "here #1").click();
            button(page, "I look after it").click();
            Locator alarm = page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Alarms"));
            assertThat(alarm).containsText("admin looks after it");
            page.getByLabel("Something to say of it").fill("It is meant to be.");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("What people said of it")).containsText("It is meant to be.");
            button(page, "Mute for").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("an hour"))
                    .click();
            assertThat(alarm).containsText("muted until");
            button(page, "Clear…").click();
            button(page.getByRole(AriaRole.DIALOG), "Clear it").click();
            assertThat(page.getByText("No alarm fits this filter.")).isVisible();
            page.getByText("Cleared", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(alarm).containsText("cleared by admin");

            page.navigate(BED.origin() + "/alarms/rules/here");
            button(page, "Delete…").click();
            button(page.getByRole(AriaRole.DIALOG), "Delete it").click();
            assertThat(page.getByText("There is no rule yet.")).isVisible();
            assertThat(BED.server().rest().audited())
                    .containsSubsequence("save alarm rule", "clear alarm", "delete alarm rule");
            assertThat(BED.complaints())
                    .allMatch(complaint -> complaint.contains("/alarm-rules/preview")); // a query that is none
        }
    }

    private static void choose(Page page, String option) {
        assertThat(page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true)))
                .isVisible();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
    }

    @Test
    void a_query_is_completed_by_keyboard_alone_from_what_devices_have() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            Locator query = ConsoleBed.query(page, "Filter devices");
            page.keyboard().press("/");
            page.keyboard().type("mod");
            assertThat(query).hasAttribute("aria-expanded", "true");
            choose(page, "model");
            assertThat(query).hasValue("model ");
            page.keyboard().type("= ");
            choose(page, "Simulated Gateway");
            page.keyboard().type("and Device.WiFi.Radio.");
            choose(page, "Device.WiFi.Radio.*.");
            page.keyboard().type("Ch");
            choose(page, "Device.WiFi.Radio.*.Channel parameter");
            page.keyboard().type("> 0");
            assertThat(query).hasValue("model = \"Simulated Gateway\" and Device.WiFi.Radio.*.Channel > 0");
            assertThat(page.getByText("1 device found")).isVisible();
            page.keyboard().press("Escape");
            assertThat(BED.complaints())
                    .allMatch(complaint -> complaint.contains("400")); // a query that is not whole yet is none
        }
    }
}
