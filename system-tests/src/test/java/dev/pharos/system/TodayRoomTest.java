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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The first page: that all is well and how that is known, and what is wrong with the way to it.
class TodayRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("TODAY1", 13);

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    @Test
    void all_is_well_until_a_job_fails_which_leads_to_the_devices_that_it_failed_on() throws Exception {
        try (BrowserContext window = BED.window(390, 844, ColorScheme.DARK)) {
            Page page = BED.signedIn(window);
            page.getByLabel("Pages")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Today"))
                    .click();
            assertThat(page.getByText("1 device, 1 online; as of")).isVisible();
            assertThat(page.getByLabel("All is well")).containsText("In the last day no device was lost");
            assertNoSidewaysScrolling(page);

            BED.server().rest().post("/jobs", """
                            {"query": "TODAY1", "steps": [{"operate": {"command": "Device.NoSuchThing()",
                             "commandKey": "", "sendResp": true, "inputArgs": {}}}]}""");
            Locator wrong = page.getByLabel("What is wrong")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Job 1 failed on 1 of 1 device"));
            assertThat(wrong).isVisible();
            assertThat(page.getByLabel("All is well")).hasCount(0);
            assertNoSidewaysScrolling(page);
            wrong.focus();
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Devices of this job"))
                    .containsText(GATEWAY.id().toString());
            assertThat(page).hasURL(BED.origin() + "/jobs/1?state=failed");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void what_happened_is_drawn_over_time_looked_at_closer_and_leads_to_the_devices() throws Exception {
        try (BrowserContext window = BED.window(1280, 900, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/");
            Locator moves = page.getByLabel("Devices that came and went", new Page.GetByLabelOptions().setExact(true));
            Locator chart = moves.getByRole(AriaRole.IMG);
            assertThat(chart)
                    .hasAttribute("aria-label", "Devices that came and went: came online 1 time, went offline 0 times");
            assertThat(moves).containsText("per 15 minutes");
            page.setViewportSize(1280, 900);
            chart.scrollIntoViewIfNeeded();
            BoundingBox box = chart.boundingBox();
            page.mouse().move(box.x + box.width / 2, box.y + 60);
            page.mouse().down();
            page.mouse().move(box.x + box.width / 2 + 120, box.y + 60);
            page.mouse().up();
            assertThat(button(page, "Back to the last day")).isVisible();
            assertThat(page).hasURL(Pattern.compile("/\\?from=\\d+&to=\\d+$"));
            // as somebody sees it who was sent the address
            page.reload();
            assertThat(page.getByText("No device came or went.")).isVisible();
            button(page, "Back to the last day").click();
            assertThat(page).hasURL(BED.origin() + "/");
            moves.getByText("Those that are offline now").click();
            assertThat(page).hasURL(BED.origin() + "/devices?show=offline");
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
