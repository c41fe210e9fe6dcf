// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.LightDesk;
import dev.pharos.controller.acs.UspErrands;
import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.campaign.CampaignStore;
import dev.pharos.controller.job.CwmpLine;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.migration.Eligibility;
import dev.pharos.controller.migration.MigrationChore;
import dev.pharos.controller.migration.MigrationRunner;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.EndToEndIdentity;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.alarm.AlarmRunner;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.backup.BackupWriter;
import dev.pharos.server.bulk.CollectorTally;
import dev.pharos.server.bulk.PublishedReports;
import dev.pharos.server.bulk.PushedReports;
import dev.pharos.server.bulk.ReportDesk;
import dev.pharos.server.cwmp.ConnectionRequests;
import dev.pharos.server.cwmp.CwmpListener;
import dev.pharos.server.cwmp.CwmpListenerConfig;
import dev.pharos.server.cwmp.CwmpLogins;
import dev.pharos.server.cwmp.LightListener;
import dev.pharos.server.cwmp.SeenOnWire;
import dev.pharos.server.cwmp.StunListener;
import dev.pharos.server.diagnostics.Diagnostics;
import dev.pharos.server.diagnostics.TransferTests;
import dev.pharos.server.dial.DialledDevices;
import dev.pharos.server.enrolment.Bootstraps;
import dev.pharos.server.enrolment.DeviceLoginDesk;
import dev.pharos.server.enrolment.EstListener;
import dev.pharos.server.files.DeviceFiles;
import dev.pharos.server.files.FileLinks;
import dev.pharos.server.files.FilesOnRequest;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.firmware.UpgradeChore;
import dev.pharos.server.health.HealthWatch;
import dev.pharos.server.kind.KindFileException;
import dev.pharos.server.kind.KindShelf;
import dev.pharos.server.modules.DeployChore;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.passkey.PasskeySite;
import dev.pharos.server.passkey.Passkeys;
import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.profile.ProfileKeeper;
import dev.pharos.server.profile.Profiles;
import dev.pharos.server.rate.RateLimiter;
import dev.pharos.server.rest.CwmpRequests;
import dev.pharos.server.rest.DeviceQueries;
import dev.pharos.server.rest.ServerFacts;
import dev.pharos.server.spool.FileFolder;
import dev.pharos.server.store.CollectorStore;
import dev.pharos.server.store.CwmpLoginStore;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DatabaseCopy;
import dev.pharos.server.store.DeviceFileStore;
import dev.pharos.server.store.DeviceTenants;
import dev.pharos.server.store.DiagnosticStore;
import dev.pharos.server.store.DialledDeviceStore;
import dev.pharos.server.store.FileRequestStore;
import dev.pharos.server.store.FirmwareStore;
import dev.pharos.server.store.GroupStore;
import dev.pharos.server.store.HealthStore;
import dev.pharos.server.store.ModuleStore;
import dev.pharos.server.store.PasskeyStore;
import dev.pharos.server.store.PostgresCampaignStore;
import dev.pharos.server.store.PostgresCwmpNames;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.PostgresErrandStore;
import dev.pharos.server.store.PostgresEventStore;
import dev.pharos.server.store.PostgresJobStore;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.PostgresModuleOrders;
import dev.pharos.server.store.PostgresNoticeStore;
import dev.pharos.server.store.PostgresOpenTransfers;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.server.store.SeriesStore;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.ServerRoll;
import dev.pharos.server.store.TokenStore;
import dev.pharos.server.store.WriteBehindTwinStore;
import dev.pharos.server.web.WebServer;
import dev.pharos.server.web.WebSettings;
import dev.pharos.server.webhook.WebhookDesk;
import dev.pharos.server.webhook.WebhookRunner;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole server, from its database to its page. Everything is opened in order, and closed in the reverse order.
public final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

    /// The folder of the images, in the data folder.
    private static final String FIRMWARE = "firmware";

    /// The folder of files of devices until they are whole, in the data folder.
    private static final String INCOMING = "incoming";

    /// The folder of the operator's files of kinds of devices, in the data folder.
    private static final String KINDS = "kinds";

    private final Turnstile turnstile = new Turnstile(Limits.NEWCOMERS_A_SECOND, Limits.NEWCOMERS_AT_ONCE);
    private final OpenedParts opened = new OpenedParts();
    private final Map<String, String> listeners = new LinkedHashMap<>();
    private String pageUrl = "";

    private RunningServer() {}

    /// @throws StartException saying why it cannot start; everything that was opened is closed again
    public static RunningServer start(ServerOptions options) throws StartException {
        options.check();
        Carriers.leaveOneProcessor();
        RunningServer server = new RunningServer();
        try {
            server.open(options);
            return server;
        } catch (IOException | StoreException failed) {
            LOG.info("the start failed", failed);
            server.close();
            throw StartException.failed(String.valueOf(failed.getMessage()));
        } catch (StartException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private void open(ServerOptions options) throws StartException, IOException {
        DataFolder folder = keep("data folder", DataFolder.open(options.kept.folder()));
        ServerLog.start(folder.path().resolve("logs"));
        LOG.info("Pharos {} starts on {}", version(), folder.path());
        Database database = keep("database", Database.open(dataSource(options, folder)));
        ServerRoll roll = keep("server roll", ServerRoll.enter(database, folder.serverName()));
        Clock clock = Clock.systemUTC();
        PostgresDeviceStore devices = new PostgresDeviceStore(database, roll);
        SeriesStore series = new SeriesStore(database, options.series.keeping());
        Stores stores = new Stores(
                devices,
                keep("twins", WriteBehindTwinStore.over(new PostgresTwinStore(database, series))),
                new PostgresEventStore(database),
                new PostgresModelStore(database));
        ControllerSettings settings = ControllerSettings.of(stores)
                .withOwn(options.endpointId)
                .withSessions(options.sessionRule().applied(PeerPolicy.DEFAULT.sessions()));
        if (options.sessions == SessionRule.REQUIRE_TLS) {
            settings = settings.withIdentity(keep("end-to-end identity", EndToEndIdentity.open(options.tls())));
        }
        UspController controller = keep("controller", new UspController(settings));
        controller.start();
        roll.tell(new ServerRoll.News(controller::anotherEnded, controller::stillHere));
        EstOptions.Place place = new EstOptions.Place(controller, database, turnstile, clock);
        Bootstraps bootstraps = options.est.bootstraps(options, place);
        DeviceLoginDesk logins = EstOptions.logins(place, bootstraps);
        keep("logins watch", controller.observe(logins));
        Map<String, BooleanSupplier> brokers = new LinkedHashMap<>();
        PrometheusMeterRegistry metrics = ServerMetrics.of(controller, database);
        ReportDesk reports = new ReportDesk(
                controller,
                keep("collector's tally", new CollectorTally(new CollectorStore(database), metrics, clock).start()));
        listeners.putAll(UspListeners.open(
                options,
                controller,
                new UspListeners.Parts(
                        turnstile, logins, new PublishedReports(reports), opened, roll.name(), brokers)));
        Acs acs = acs(options, controller, new AcsPlace(database, devices, clock, roll.name()));
        KindShelf kinds = kinds(folder, acs.office());
        if (options.est.on()) {
            EstListener est = keep("enrolment", options.est.listen(options, place, bootstraps));
            listeners.put("est", est.url());
        }
        DialledDevices dialled = new DialledDevices(
                        controller,
                        new DialledDeviceStore(database),
                        new DialledDevices.Terms(options.clientTls(), RetryBackoff.DEFAULT, options.insecure))
                .start();
        controller.onServed(turnstile::served);
        keep("crowd watch", CrowdWatch.start(turnstile, controller::turnedAway));
        DeviceQueries queries = new DeviceQueries(new GroupStore(database));
        CwmpLine line = new CwmpLine(controller::call, acs.office(), stores.twins());
        Profiles profiles = new Profiles(stores, database, line, queries::read, clock);
        FirmwareRepository firmware = FirmwareRepository.open(
                new FirmwareStore(database),
                FileFolder.in(
                        folder.path().resolve(FIRMWARE), ".image", dev.pharos.server.firmware.Limits.IMAGE_BYTES));
        FirmwareLinks links = FirmwareLinks.signedBy(new ServerKeyStore(database), clock);
        CampaignStore campaignStore = new PostgresCampaignStore(database);
        UpgradeChore upgrades = new UpgradeChore(new UpgradeChore.Parts(
                firmware, links, campaignStore::former, stores, queries::read, line, controller::note, clock));
        ModuleCatalogue modules =
                new ModuleCatalogue(new ModuleStore(database), firmware, links, options.firmware.signers());
        DeployChore deployments = new DeployChore(new DeployChore.Parts(
                modules,
                campaignStore,
                stores,
                new ImageAudience(queries::read, stores.devices()),
                line,
                controller::note,
                clock));
        MigrationRunner migrations = keep("migrations", Moves.runner(controller, acs.office(), database, clock));
        keep("migration watch", controller.observe(migrations));
        Eligibility eligibility = Moves.eligibility(stores, acs.office(), options, listeners);
        MigrationChore moves = new MigrationChore(new MigrationChore.Parts(migrations, eligibility, line, clock));
        JobRunner jobs = keep(
                "jobs",
                new JobRunner(new JobRunner.Parts(
                                new PostgresJobStore(database),
                                queries::read,
                                line,
                                moves.before(upgrades.before(deployments.before(profiles.chore()))),
                                stores.models(),
                                controller::note,
                                clock,
                                ZoneId.systemDefault()))
                        .start());
        keep("job watch", controller.observe(jobs));
        CampaignRunner campaigns = keep(
                "campaigns",
                new CampaignRunner(
                                new CampaignRunner.Parts(campaignStore, jobs, queries::read, controller::note, clock))
                        .start());
        ProfileKeeper keeper =
                keep("profiles", profiles.keeper(controller::note).start());
        keep("profile watch", controller.observe(keeper));
        keep(
                "alarms",
                new AlarmRunner(AlarmRunner.Parts.over(database, queries::read, controller::keep, clock)).start());
        keep("health", new HealthWatch(new HealthStore(database), clock).start());
        WebhookRunner.Parts telling = WebhookRunner.Parts.over(database, queries::read, clock);
        WebhookRunner webhooks = keep("webhooks", new WebhookRunner(telling).start());
        keep("webhook watch", controller.observe(webhooks));
        keep(
                "housekeeping",
                Housekeeping.start(stores.events(), jobs.store(), series, new DeviceFileStore(database), clock));
        keep("series", SeriesRoller.start(series, clock));
        TransferTests tests = TransferTests.signedBy(new ServerKeyStore(database), clock);
        DeviceFiles files = new DeviceFiles(new DeviceFiles.Parts(
                controller,
                acs.office(),
                new FileRequestStore(database, new DeviceFileStore(database)),
                FileLinks.signedBy(new ServerKeyStore(database), clock),
                FileFolder.in(folder.path().resolve(INCOMING), ".file", dev.pharos.server.files.Limits.FILE_BYTES),
                clock));
        keep("files watch", controller.observe(files));
        FilesOnRequest wished = new FilesOnRequest(firmware, links, queries::read, stores.devices(), files);
        DeviceTenants owners = new DeviceTenants(database);
        acs.office()
                .gives((device, request, proven) ->
                        owners.forOwner(device, () -> wished.offer(device, request, proven)));
        Diagnostics diagnostics = keep(
                "diagnostics",
                new Diagnostics(controller, acs.office(), new DiagnosticStore(database), tests, files, clock).start());
        keep("diagnostics watch", controller.observe(diagnostics));
        // when all are there who hear how errands end
        UspErrands errands = keep("errands over USP", Moves.errands(controller, acs.office(), migrations));
        keep("errands watch", controller.observe(errands));
        keep("pushed reports", controller.observe(new PushedReports(reports)));
        TokenRegistry tokens = new TokenRegistry(new TokenStore(database), clock);
        OpenIdDoor openId = options.openId.open(options.loopback(), clock, opened);
        Passkeys passkeys = new Passkeys(new PasskeyStore(database), clock);
        WebServer web = keep(
                "web server",
                WebServer.start(
                        webSettings(options),
                        new WebServer.Parts(
                                controller,
                                database,
                                tokens,
                                facts(options, folder, roll.name(), clock.instant(), brokers),
                                metrics,
                                reports,
                                acs.requests(),
                                acs.logins(),
                                kinds,
                                jobs,
                                campaigns,
                                profiles.desk(jobs),
                                bootstraps,
                                logins,
                                dialled,
                                firmware,
                                links,
                                modules,
                                new WebServer.Moving(migrations, eligibility),
                                new WebhookDesk(telling, webhooks),
                                diagnostics,
                                files,
                                series,
                                new BackupWriter(
                                        new DatabaseCopy(database),
                                        folder.path().resolve(FIRMWARE),
                                        version()),
                                openId,
                                passkeys,
                                new RateLimiter(options.rates.limits(), metrics, clock, System::nanoTime),
                                clock)));
        String devicesUrl = options.firmware.url(options.http.on(), options.host, web.port());
        links.servedAt(devicesUrl);
        files.links().servedAt(devicesUrl);
        tests.servedAt(devicesUrl);
        pageUrl = (options.http.on() ? "http" : "https") + "://localhost:" + web.port();
        openId.servedAt(URI.create(pageUrl));
        passkeys.servedAt(PasskeySite.of(options.firmware.publicUrl(), URI.create(pageUrl)));
        Path own = options.cert;
        ConnectionFile.write(
                folder,
                tokens,
                pageUrl,
                options.http.on() || own == null
                        ? Optional.empty()
                        : Optional.of(PemFiles.certificates(own).getFirst()));
        LOG.info("ready: {} {}", pageUrl, listeners);
    }

    private ServerFacts facts(
            ServerOptions options,
            DataFolder folder,
            String name,
            Instant started,
            Map<String, BooleanSupplier> brokers)
            throws StartException {
        return new ServerFacts(
                version(),
                listeners,
                this::pageUrl,
                new ServerFacts.Place(
                        name,
                        started,
                        folder.path(),
                        options.kept.external().isEmpty(),
                        Optional.ofNullable(options.cert),
                        brokers));
    }

    private DataSource dataSource(ServerOptions options, DataFolder folder) throws StartException, IOException {
        Optional<DataSource> external = options.kept.external();
        return external.isPresent()
                ? external.get()
                : keep("PostgreSQL", EmbeddedPostgres.start(folder.path())).dataSource();
    }

    /// What people have to do with devices of TR-069.
    private record Acs(AcsOffice office, CwmpRequests requests, CwmpLogins logins) {}

    /// @param name what tells this server from others that share the database
    private record AcsPlace(Database database, PostgresDeviceStore devices, Clock clock, String name) {}

    private Acs acs(ServerOptions options, UspController controller, AcsPlace place)
            throws StartException, IOException {
        Database database = place.database();
        Clock clock = place.clock();
        CwmpLoginStore loginStore = new CwmpLoginStore(database);
        CwmpLogins logins = new CwmpLogins(loginStore, new ServerKeyStore(database), clock);
        ConnectionRequests calls = keep("connection requests", ConnectionRequests.of(new ServerKeyStore(database)));
        if (options.stun.on()) {
            StunListener stun = keep("STUN", stun(options, calls));
            calls.through(stun, options.stunIntegrity);
            listeners.put("stun", stun.url());
        }
        options.xmpp.open("pharos-" + place.name()).ifPresent(xmpp -> calls.over(keep("XMPP", xmpp)));
        AcsOffice office = controller.acs(new AcsOffice.Errands(
                new PostgresErrandStore(database),
                new PostgresNoticeStore(database),
                new PostgresModuleOrders(database),
                new PostgresOpenTransfers(database),
                logins::of,
                Moves.logins(database, clock),
                new PostgresCwmpNames(database, place.devices()),
                calls));
        office.leads(options.nextUrls());
        if (options.cwmpNotify.on()) {
            LightListener heard =
                    keep("notifications", notifications(options, logins, office.light(loginStore), controller));
            calls.heardAt(heard.port());
            listeners.put("cwmp-notify", heard.url());
        }
        if (options.cwmp().on() || options.cwmps.on()) {
            CwmpListener listener = keep(
                    "ACS",
                    new CwmpListener(new CwmpListener.Parts(
                            office, logins::secret, turnstile, clock, office::sweep, new SeenOnWire(controller))));
            if (options.cwmp().on()) {
                listenOverCwmp(listener, "cwmp", options.host, options.cwmp(), Optional.empty());
            }
            if (options.cwmps.on()) {
                listenOverCwmp(listener, "cwmps", options.host, options.cwmps, Optional.of(options.tls()));
            }
        } else {
            office.closed();
        }
        return new Acs(office, new CwmpRequests(office, controller.stores(), clock), logins);
    }

    private static KindShelf kinds(DataFolder folder, AcsOffice office) throws StartException {
        Path files = folder.path().resolve(KINDS);
        try {
            return KindShelf.open(files, office::treats);
        } catch (KindFileException wrong) {
            throw StartException.failed("kinds of devices, in " + files + ": " + wrong.reason());
        }
    }

    private static StunListener stun(ServerOptions options, ConnectionRequests calls) throws IOException {
        try {
            return StunListener.listen(
                    options.host,
                    options.stun.number(),
                    options.stunIntegrity ? Optional.of(calls::stunPassword) : Optional.empty());
        } catch (IOException taken) {
            throw new IOException(taken.getMessage() + " (option --stun)", taken);
        }
    }

    private static LightListener notifications(
            ServerOptions options, CwmpLogins logins, LightDesk desk, UspController controller) throws IOException {
        try {
            return LightListener.listen(
                    new InetSocketAddress(InetAddress.getByName(options.host), options.cwmpNotify.number()),
                    logins,
                    desk::heard,
                    new SeenOnWire(controller));
        } catch (IOException taken) {
            throw new IOException(taken.getMessage() + " (option --cwmp-notify)", taken);
        }
    }

    private void listenOverCwmp(CwmpListener listener, String name, String host, Port port, Optional<TlsSettings> tls)
            throws IOException {
        try {
            listeners.put(name, listener.listen(new CwmpListenerConfig(host, port.number(), tls)));
        } catch (IOException taken) {
            throw new IOException(taken.getMessage() + " (option --" + name + ")", taken);
        }
    }

    private static WebSettings webSettings(ServerOptions options) throws StartException {
        Path certificate = options.cert;
        Path key = options.key;
        Optional<WebSettings.Tls> tls = options.https.on() && certificate != null && key != null
                ? Optional.of(new WebSettings.Tls(options.https.number(), certificate, key))
                : Optional.empty();
        return new WebSettings(
                options.host,
                options.http.on() ? Optional.of(options.http.number()) : Optional.empty(),
                tls,
                options.loopback(),
                options.bbfApi);
    }

    static String version() {
        String version = RunningServer.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    /// Where the page is: `http://localhost:8080`.
    public String pageUrl() {
        return pageUrl;
    }

    /// Where devices connect, by transport.
    public Map<String, String> listeners() {
        return Map.copyOf(listeners);
    }

    /// What scripts wait for.
    public String readyLine() {
        return "ready http=" + pageUrl + " ws=" + listener("ws") + " mqtt=" + listener("mqtt") + " stomp="
                + listener("stomp") + " cwmp=" + listener("cwmp") + " uds=" + listener("uds") + further("wss")
                + further("mqtts") + further("stomps") + further("coap") + further("coaps") + further("cwmps")
                + further("est") + further("stun") + further("cwmp-notify");
    }

    /// Said only where there is one: whoever reads the line looks for it by its name.
    private String further(String name) {
        return listeners.containsKey(name) ? " " + name + "=" + listeners.get(name) : "";
    }

    private String listener(String transport) {
        return listeners.getOrDefault(transport, "off");
    }

    private <T extends AutoCloseable> T keep(String what, T part) {
        return opened.keep(what, part);
    }

    /// Stops in the reverse order of the start. Idempotent.
    @Override
    public void close() {
        opened.close();
    }
}
