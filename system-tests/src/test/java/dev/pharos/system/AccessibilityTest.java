// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every room of the page, in both colour schemes, on a desk and on a phone, by the rules of WCAG 2.2 AA.
class AccessibilityTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("AXE1", 11);
    private static final String DEVICE = "/devices/" + GATEWAY.id();

    /// Speaks TR-069, and could speak USP.
    private static final String CROSSES = "os::0200F0-CROSSES";

    /// @param address within the page
    /// @param shown   what is there once the room has what it shows
    /// @param open    what is pressed then
    record Room(String name, String address, String shown, Consumer<Page> open) {
        Room(String name, String address, String shown) {
            this(name, address, shown, page -> {});
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Room> ROOMS = List.of(
            new Room("today", "/", "[aria-label='Devices that came and went'] >> role=img"),
            new Room("devices", "/devices", "role=row >> text=Simulated Gateway"),
            new Room("no device", "/devices?q=nobody", "text=No device"),
            new Room("no query", "/devices?q=model%20%3D", "text=At character"),
            new Room("approvals", "/admin?tab=approvals", "role=tabpanel >> role=listitem >> nth=0"),
            new Room("connecting a device", "/onboard?kind=obuspa", "text=Nothing has come from it yet"),
            new Room("counts", "/devices?by=model", "[aria-label='Devices by model'] >> text=Simulated Gateway"),
            new Room("groups", "/devices?q=online:true", "role=row >> text=Simulated Gateway", page -> {
                button(page, "Groups").click();
                assertThat(page.getByRole(AriaRole.DIALOG).getByText("everybody"))
                        .isVisible();
            }),
            new Room(
                    "columns",
                    "/devices?columns=id,Device.WiFi.Radio.*.Channel",
                    "role=row >> text=" + GATEWAY.id(),
                    page -> {
                        button(page, "Columns").click();
                        assertThat(page.getByRole(AriaRole.DIALOG).getByText("Radio Channel"))
                                .isVisible();
                    }),
            new Room("finding", "/devices", "role=row >> text=Simulated Gateway", page -> {
                button(page, "Find anything").click();
                assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            }),
            new Room("overview", DEVICE, "[aria-label='The home'] svg"),
            new Room("home as a table", DEVICE, "[aria-label='The home'] svg", page -> {
                page.getByText("Table", new Page.GetByTextOptions().setExact(true))
                        .click();
                assertThat(page.getByRole(AriaRole.ROWHEADER).first()).isVisible();
            }),
            new Room("data model", DEVICE + "?tab=model&path=Device.WiFi.SSID.1.SSID", "role=treegrid >> text=SSID"),
            new Room("diagnostics", DEVICE + "?tab=diagnostics&run=1", "text=Everything that the device told", page -> {
                page.getByText("How to measure").click();
                assertThat(page.getByLabel("Packets")).isVisible();
            }),
            new Room("history", DEVICE + "?tab=history", "text=Nothing was told in this span"),
            new Room("timeline", DEVICE + "?tab=timeline", "[aria-label='Timeline'] >> role=listitem >> nth=2"),
            new Room("events of a device", DEVICE + "?tab=events", "role=listitem >> nth=0"),
            new Room("wire", DEVICE + "?tab=wire", "role=listitem >> nth=0", page -> {
                button(page, "Compose…").click();
                assertThat(page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Content")))
                        .isVisible();
            }),
            new Room("controllers", DEVICE + "?tab=rights", "[aria-label='Controllers'] >> text=this server"),
            new Room("subscriptions", DEVICE + "?tab=subscriptions", "role=tabpanel >> role=listitem >> nth=0"),
            new Room(
                    "files",
                    DEVICE + "?tab=files",
                    "[aria-label='Files that the device has'] >> role=listitem >> nth=0"),
            new Room(
                    "compare",
                    DEVICE + "?tab=compare&with=" + CROSSES,
                    "[aria-label='Differences'] >> role=row >> nth=1"),
            new Room(
                    "replace",
                    DEVICE + "?tab=replace&with=" + CROSSES,
                    "[aria-label='Settings of both routers'] >> role=row >> nth=1"),
            new Room("wanted", DEVICE + "?tab=wanted", "role=tabpanel >> text=axe"),
            new Room("events", "/events", "role=listitem >> nth=0"),
            new Room("jobs", "/jobs", "text=once for axe"),
            new Room("job", "/jobs/1", "role=listitem >> text=" + GATEWAY.id()),
            new Room(
                    "new job",
                    "/jobs/new",
                    "role=status >> text=2 devices now",
                    page -> page.getByText("Only at certain hours").click()),
            new Room("alarms", "/alarms?alarm=1", "[aria-label='What people said of it']"),
            new Room("rules", "/alarms?tab=rules", "role=listitem >> text=axe"),
            new Room(
                    "rule",
                    "/alarms/rules/axe",
                    "role=status >> text=It is so on",
                    page -> page.getByText("Events in numbers").click()),
            new Room("campaigns", "/campaigns", "text=axe in waves"),
            new Room("campaign", "/campaigns/1", "role=status >> text=1 online"),
            new Room(
                    "campaign of migration",
                    "/campaigns/2",
                    "[aria-label='From TR-069 to USP'] >> role=listitem >> nth=0"),
            new Room("new campaign", "/campaigns/new?firmware=2", "role=status >> text=2 devices now", page -> {
                button(page, "Another measure").click();
                assertThat(page.getByLabel("Measure 2: by how much")).isVisible();
            }),
            new Room("profiles", "/profiles", "text=axe"),
            new Room("profile", "/profiles/axe", "text=Take back"),
            new Room("new profile", "/profiles/+", "role=textbox", page -> {
                page.getByLabel("The profile, as YAML").fill("""
                        name: other
                        query: AXE1
                        parameters:
                          Device.WiFi.SSID.2.SSID: Other
                        """);
                button(page, "What would it change?").click();
                assertThat(page.getByLabel("Differences")).isVisible();
            }),
            new Room("firmware", "/firmware", "text=none is checked here", page -> {
                button(page, "Upload an image").first().click();
                assertThat(page.getByLabel("Version")).isVisible();
            }),
            new Room("upgrade", "/jobs/new?firmware=1", "text=any other device fails"),
            new Room("refused", "/refused", "role=main"),
            new Room("people", "/admin?tab=people", "role=tabpanel >> text=Berta"),
            new Room("tokens", "/admin?tab=tokens", "role=tabpanel >> role=listitem >> nth=0"),
            new Room("sessions", "/admin?tab=sessions", "role=tabpanel >> role=listitem >> nth=0"),
            new Room("webhooks", "/admin?tab=webhooks", "role=tabpanel >> text=hook.example", page -> {
                button(page, "What was sent").click();
                assertThat(page.getByText("Nothing was sent")).isVisible();
            }),
            new Room("audit log", "/admin?tab=audit", "role=tabpanel >> role=listitem >> nth=0"),
            new Room("server", "/admin?tab=server", "role=tabpanel >> text=PostgreSQL"),
            new Room("tenants", "/admin?tab=tenants", "role=tabpanel >> role=listitem >> nth=0"),
            new Room("nothing there", "/nowhere", "role=main >> role=link"));

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Page desk;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static JavaProgram crosses;

    private static final Axe AXE = new Axe();
    private static final int HEIGHT = 860;
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    @BeforeAll
    static void put_something_into_every_room() throws Exception {
        RestApi rest = BED.server().rest();
        List<String> arguments = List.of("agent", "--acs", BED.server().address("cwmp"), "--endpoint-id", CROSSES);
        crosses = JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                Stream.concat(
                                arguments.stream(),
                                Stream.of(
                                        "--device",
                                        "simulated",
                                        "--data",
                                        BED.folder().resolve("crosses").toString()))
                        .toList());
        rest.put("/groups/everybody", """
                {"query": "online:true", "description": "whoever is here"}""");
        rest.post(RestApi.device(GATEWAY.id().toString()) + "/diagnostics", """
                {"kind": "trace", "target": "127.0.0.1"}""");
        rest.put("/series/Device.WiFi.SSID.*.Alias", "");
        rest.post("/jobs", """
                {"name": "once for axe", "query": "", "steps": [{"get": {"paths": ["Device.DeviceInfo."], "maxDepth": 0}}]}""");
        rest.post("/profiles/apply", """
                {"name": "axe", "query": "AXE1", "parameters": {"Device.WiFi.SSID.1.SSID": "Axe"}}""");
        Path image = Files.writeString(BED.folder().resolve("axe-9.9.img"), "an image");
        assertThat(BED.server()
                        .pharos("firmware", "upload", image.toString(), "--version", "9.9", "--for", "id = nobody")
                        .status())
                .isZero();
        assertThat(BED.server()
                        .pharos("firmware", "upload", image.toString(), "--version", "9.10")
                        .status())
                .isZero();
        rest.post("/campaigns", """
                {"name": "axe in waves", "query": "AXE1", "firmware": 2, "waves": ["rest"],
                 "gate": {"measures": ["Boot! rises 1"]}}""");
        rest.put("/alarm-rules/axe", """
                {"severity": "critical", "when": "online:true"}""");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !rest.get("/alarms").path("items").isEmpty());
        rest.post("/alarms/1/note", """
                {"text": "it is here"}""");
        rest.post("/users", """
                {"name": "Berta", "role": "viewer"}""");
        rest.post("/webhooks", """
                {"name": "axe", "url": "https://hook.example/", "path": "Device.Nothing."}""");
        rest.awaitStatus(CROSSES, "online");
        RestApi engineer = rest.as("axe", "engineer");
        engineer.post("/campaigns", """
                {"name": "axe across", "query": "CROSSES", "migration": {}, "waves": ["rest"]}""");
        rest.as("another", "engineer").post("/campaigns/2/approve", "");
        rest.post("/campaigns/2/start", "");
        rest.put("/approval-rules", """
                {"applies": "always"}""");
        assertThat(engineer.exchange(
                                "POST",
                                RestApi.device(GATEWAY.id().toString()) + "/usp/operate",
                                """
                        {"command": "Device.FactoryReset()"}""",
                                Duration.ofSeconds(60))
                        .body())
                .contains("Waits for a second person");
        desk = BED.signedIn(BED.window(DESK, HEIGHT, ColorScheme.LIGHT));
    }

    @AfterAll
    static void the_device_that_crosses_ends() {
        if (crosses != null) {
            crosses.close();
        }
    }

    static Stream<Arguments> windows() {
        return Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .flatMap(scheme -> Stream.of(Arguments.of(DESK, scheme), Arguments.of(PHONE, scheme)));
    }

    static Stream<Room> rooms() {
        return ROOMS.stream();
    }

    /// A room is opened once and looked at in each window: what loads is the same, what is shown is not. Of the dark
    /// scheme only the colours are judged, as nothing else of a page depends on it; they are the same on a phone.
    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void no_room_hinders_anybody_in_a_window(Room room) throws Exception {
        List<String> wrong = new ArrayList<>();
        desk.setViewportSize(DESK, HEIGHT);
        desk.navigate(BED.origin() + room.address());
        assertThat(desk.locator(room.shown()).first()).isVisible();
        room.open().accept(desk);
        ConsoleBed.pictures(desk, room.name().replace(' ', '-'));
        for (int width : List.of(DESK, PHONE)) {
            desk.setViewportSize(width, HEIGHT);
            ConsoleBed.draw(desk, ColorScheme.LIGHT);
            AXE.complaints(desk).forEach(complaint -> wrong.add("of %d pixels: %s".formatted(width, complaint)));
            ConsoleBed.assertNoSidewaysScrolling(desk);
        }
        desk.setViewportSize(DESK, HEIGHT);
        ConsoleBed.draw(desk, ColorScheme.DARK);
        AXE.complaintsOfColours(desk).forEach(complaint -> wrong.add("dark: " + complaint));
        ConsoleBed.draw(desk, ColorScheme.LIGHT);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest(name = "of {0} pixels, {1}")
    @MethodSource("windows")
    void the_door_hinders_nobody_in_a_window(int width, ColorScheme scheme) throws Exception {
        try (BrowserContext window = BED.window(width, HEIGHT, scheme)) {
            Page page = window.newPage();
            page.navigate(BED.origin());
            Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
            assertThat(name).isVisible();
            assertThat(AXE.complaints(page)).isEmpty();
            ConsoleBed.pictures(page, "door");
            page.setViewportSize(width, HEIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            name.fill("nobody");
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill("nothing");
            button(page.getByRole(AriaRole.MAIN), "Sign in").click();
            assertThat(page.getByText("Nobody of this name and password may sign in."))
                    .isVisible();
            assertThat(AXE.complaints(page)).isEmpty();
        }
    }

    @Test
    void a_page_that_hinders_people_is_found() throws Exception {
        try (BrowserContext window = BED.window(DESK, HEIGHT, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend',"
                    + " '<p id=pale>hardly seen</p><button></button>');"
                    + " document.getElementById('pale').style.color = '#ddd'");
            assertThat(AXE.complaints(page))
                    .anyMatch(complaint -> complaint.startsWith("color-contrast"))
                    .anyMatch(complaint -> complaint.startsWith("button-name"));
        }
    }
}
