// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real server in this JVM with a living gateway behind it, and a real browser to look at its page: for the tests of
/// one class, each of which opens windows of its own. Where no browser is installed they are skipped, and say so.
final class ConsoleBed implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    /// Resolves once what a change of the window has the page do is on the screen. What turns for ever is not waited
    /// for.
    private static final String DRAWN = """
            () => new Promise((drawn) => {
              const end = performance.now() + 2000;
              const fades = (each) => each.playState === 'running' && each.effect?.getComputedTiming().endTime !== Infinity;
              const look = () =>
                document.getAnimations().some(fades) && performance.now() < end ? requestAnimationFrame(look) : drawn();
              requestAnimationFrame(() => requestAnimationFrame(look));
            })""";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = 60_000;
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            // the first three are pages for the address bar, which each window draws again though nobody sees
            // it; of several such lists the last one counts, so the rest are those of Playwright that mean
            // something here
            "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
                    + "AvoidUnnecessaryBeforeUnloadCheckSync,BoundaryEventDispatchTracksNodeRemoval,"
                    + "DestroyProfileOnBrowserClose,HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding,Translate");

    private static final String NO_WIDER = "document.documentElement.scrollWidth <= window.innerWidth";

    /// One for all beds of this JVM, which ends with it: its windows know nothing of each other.
    private static final class Shared {
        static final Browser BROWSER = browser();
    }

    /// Lines of the log that say where a defect is.
    private static final int TRACE = 25;

    private final SimulatedAgent gateway;
    private final String[] options;
    private final Deque<Runnable> ends = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // set before the first test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private RunningServer server;

    private List<String> complaints = new CopyOnWriteArrayList<>();

    /// @param options of the server, beside free ports
    ConsoleBed(SimulatedAgent gateway, String... options) {
        this.gateway = gateway;
        this.options = options.clone();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                () -> "there is no " + CHROMIUM + ": apt-get install chromium, to test the page in it");
        folder = keep(Files.createTempDirectory("pharos-console"), ConsoleBed::delete);
        server = keep(RunningServer.withFreePorts(folder.resolve("server"), options), RunningServer::close);
        SharedTimer timer = keep(new SharedTimer(), SharedTimer::close);
        keep(further(gateway, timer), RunningGateway::close);
        server.rest().awaitStatus(gateway.id().toString(), "online");
    }

    /// What is said late of pages of the test before is not held against the next one.
    @Override
    public void beforeEach(ExtensionContext context) {
        complaints = new CopyOnWriteArrayList<>();
    }

    /// Whatever the tests did, no request was answered with a defect.
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (ends.isEmpty()) {
            return;
        }
        List<String> log = Files.readAllLines(folder.resolve("server/logs/server.log"));
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
        assertThat(IntStream.range(0, log.size())
                        .filter(line -> log.get(line).contains("defect of ours"))
                        .mapToObj(line -> String.join("\n", log.subList(line, Math.min(line + TRACE, log.size())))))
                .isEmpty();
    }

    private <T> T keep(T part, Consumer<T> end) {
        ends.push(() -> end.accept(part));
        return part;
    }

    static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static Browser browser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(QUIET));
    }

    /// For files of the tests; it goes with the bed.
    Path folder() {
        return folder;
    }

    RunningServer server() {
        return server;
    }

    /// The page's address without a slash at its end.
    String origin() {
        return server.address("http").replaceFirst("/$", "");
    }

    /// What pages that this test opened wrote to the browser's console: there should be nothing.
    List<String> complaints() {
        return complaints;
    }

    BrowserContext window(int width, int height, ColorScheme scheme) {
        BrowserContext window = Shared.BROWSER.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        window.setDefaultTimeout(PATIENCE_MILLIS);
        return window;
    }

    Page signedIn(BrowserContext window) throws IOException {
        Page page = window.newPage();
        List<String> said = complaints;
        page.onConsoleMessage((ConsoleMessage message) -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                said.add(message.type() + " " + message.text() + " " + message.location());
            }
        });
        page.onPageError(error -> said.add("uncaught " + error));
        page.navigate(origin() + "/devices#token=" + server.rest().token());
        assertThat(devices(page)).isVisible();
        return page;
    }

    static Locator devices(Page page) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Devices"));
    }

    /// A field for a query, not the list of what it offers, which is called the same.
    static Locator query(Page page, String label) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label));
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /// A further gateway of this server, which its caller closes; it is not waited for.
    RunningGateway further(SimulatedAgent another, SharedTimer timer) throws IOException {
        RunningGateway agent = another.withData(folder.resolve(another.id().toString()))
                .at(
                        ControllerAddress.parse(server.address("ws"), Access.NONE),
                        ControllerSettings.DEFAULT_ID,
                        ControllerRole.FULL,
                        UnaryOperator.identity(),
                        AgentRuntime.with(timer));
        agent.start();
        return agent;
    }

    /// The page in a colour scheme, once that is drawn and nothing fades any more.
    static void draw(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.evaluate(DRAWN);
        org.assertj.core.api.Assertions.assertThat(page.evaluate("document.documentElement.dataset.mantineColorScheme"))
                .as("the page follows the scheme of its window")
                .isEqualTo(scheme.name().toLowerCase(Locale.ROOT));
    }

    /// Pictures of what the page shows, on a desk in both schemes and on a phone, where somebody asked for them: by
    /// `./pharos test --pictures`, which says `-Dpharos.pictures=FOLDER`. They are what `docs/console/` holds.
    ///
    /// @param name of the files, before what sort of window it is
    static void pictures(Page page, String name) throws IOException {
        String folder = System.getProperty("pharos.pictures", "");
        if (folder.isEmpty()) {
            return;
        }
        picture(page, Path.of(folder, name + "-light.webp"), 1280, ColorScheme.LIGHT);
        picture(page, Path.of(folder, name + "-dark.webp"), 1280, ColorScheme.DARK);
        picture(page, Path.of(folder, name + "-phone.webp"), 390, ColorScheme.LIGHT);
    }

    private static void picture(Page page, Path file, int width, ColorScheme scheme) throws IOException {
        page.setViewportSize(width, width > 800 ? 900 : 844);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        page.setViewportSize(width, (int) page.evaluate("Math.min(2400, document.documentElement.scrollHeight)"));
        // what the scheme and the size change is drawn some frames later
        page.evaluate("() => scrollTo(0, 0) ?? new Promise((drawn) => setTimeout(drawn, 600))");
        JsonObject how = new JsonObject();
        how.addProperty("format", "webp");
        how.addProperty("quality", 70);
        CDPSession session = page.context().newCDPSession(page);
        // the first one has all of it drawn: before, parts may have the colours of the scheme before
        session.send("Page.captureScreenshot", how);
        byte[] taken = Base64.getDecoder()
                .decode(session.send("Page.captureScreenshot", how).get("data").getAsString());
        session.detach();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, taken);
    }

    /// Waits until what the page says of itself is true. Playwright's own wait for this asks inside of the page
    /// from the second time on, which the page's policy for scripts forbids: it fails just where there is
    /// something to wait for.
    ///
    /// @param expression of JavaScript, true or false
    static void until(Page page, String expression) {
        page.waitForCondition(() -> page.evaluate(expression).equals(true));
    }

    /// Once what a new size changes is laid out, which is some frames later.
    static void untilNoWiderThanItsWindow(Page page) {
        until(page, NO_WIDER);
    }

    static void assertNoSidewaysScrolling(Page page) {
        assertThat(page.evaluate(NO_WIDER))
                .as(page.url() + " is no wider than its window")
                .isEqualTo(true);
    }
}
