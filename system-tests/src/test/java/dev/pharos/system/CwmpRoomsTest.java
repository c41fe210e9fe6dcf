// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the page has for devices of TR-069 alone: what is queued on one, its options, how it moves, and that two
/// records
/// are one device, or two after all.
class CwmpRoomsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final SimulatedAgent OTHER = SimulatedAgent.of("ROOMSUSP", 1);
    private static final String ID = "os::0200F0-ROOMSCWMP";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(OTHER);

    @TempDir
    Path folder;

    private static void show(Page page, String tab) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab).setExact(true))
                .click();
    }

    @Test
    void a_device_of_tr069_is_asked_for_its_queue_and_options_and_is_one_with_another_and_two_again() throws Exception {
        RestApi rest = BED.server().rest();
        try (SharedTimer timer = new SharedTimer();
                GatewayOverCwmp _ =
                        GatewayOverCwmp.start("ROOMSCWMP", folder, BED.server().address("cwmp"), timer);
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            await("that it can be called")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> rest.value(ID, "Device.ManagementServer.ConnectionRequestUsername")
                            .startsWith("pharos-"));
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + ID + "?tab=files");
            button(page, "Ask it now").click();
            assertThat(page.getByText("It has no transfer to do.")).isVisible();
            button(page, "Ask it for its options").click();
            assertThat(page.getByText("No voucher has switched anything on.")).isVisible();
            Locator voucher = page.locator("input[type=file][aria-label=Voucher]");
            voucher.setInputFiles(new FilePayload("empty.xml", "text/xml", new byte[0]));
            assertThat(page.getByText("empty.xml is empty.")).isVisible();
            voucher.setInputFiles(
                    new FilePayload("one.xml", "text/xml", "<voucher/>".getBytes(StandardCharsets.US_ASCII)));
            assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("refuse")))
                    .isVisible();

            show(page, "Overview");
            button(page, "Move to USP…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("Over TR-069 it is told the way");
            dialog.getByLabel("The network tells it the way (DHCP)").check();
            assertThat(dialog).containsText("DHCP tells it, and it is waited for up to a week");
            button(dialog, "Not now").click();

            button(page, "It is another here…").click();
            dialog.getByLabel("Endpoint ID of the other").fill(OTHER.id().toString());
            button(dialog, "Both are one").click();
            Pattern there = Pattern.compile("/devices/os.*ROOMSUSP");
            assertThat(page).hasURL(there);
            assertThat(page.getByLabel("Names from before")).containsText(ID);
            page.navigate(BED.origin() + "/devices/" + ID);
            assertThat(page).hasURL(there);
            page.setViewportSize(360, 740);
            assertNoSidewaysScrolling(page);

            button(page, "They are two…").click();
            assertThat(dialog).containsText("is in the list again");
            button(dialog, "Two of them").click();
            assertThat(page.getByLabel("Names from before")).hasCount(0);
            JsonNode again = rest.get(RestApi.device(ID));
            assertThat(again.get("id").stringValue()).isEqualTo(ID);
            page.navigate(BED.origin() + "/devices/" + ID);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(ID)))
                    .isVisible();

            JsonNode campaign = rest.post("/campaigns", """
                    {"name": "across", "query": "ROOMSCWMP", "migration": {"to": "ws", "byNetwork": true},
                     "waves": ["rest"]}""");
            page.navigate(BED.origin() + "/campaigns/" + campaign.get("id").asString());
            Locator candidates = page.getByLabel("Who can move", new Page.GetByLabelOptions().setExact(true));
            assertThat(candidates).containsText("1 device");
            // what is refused is said by the browser too
            assertThat(BED.complaints()).allSatisfy(each -> assertThat(each).contains("422"));
        }
    }
}
