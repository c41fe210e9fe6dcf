// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import dev.pharos.controller.UspController;
import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.migration.Eligibility;
import dev.pharos.controller.migration.MigrationRunner;
import dev.pharos.server.auth.CollectorLogins;
import dev.pharos.server.auth.People;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.backup.BackupWriter;
import dev.pharos.server.bulk.ReportDesk;
import dev.pharos.server.cwmp.CwmpLogins;
import dev.pharos.server.diagnostics.Diagnostics;
import dev.pharos.server.dial.DialledDevices;
import dev.pharos.server.enrolment.Bootstraps;
import dev.pharos.server.enrolment.DeviceLoginDesk;
import dev.pharos.server.files.DeviceFiles;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.kind.DeviceNames;
import dev.pharos.server.kind.KindShelf;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.northbound.NorthboundConfiguration;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.passkey.Passkeys;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.rate.RateLimiter;
import dev.pharos.server.rest.AlarmController;
import dev.pharos.server.rest.AlarmRuleController;
import dev.pharos.server.rest.ApiErrors;
import dev.pharos.server.rest.ApprovalController;
import dev.pharos.server.rest.ApprovedWork;
import dev.pharos.server.rest.AttentionController;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rest.AuditController;
import dev.pharos.server.rest.BackupController;
import dev.pharos.server.rest.BulkController;
import dev.pharos.server.rest.BulkReportController;
import dev.pharos.server.rest.CampaignController;
import dev.pharos.server.rest.CwmpLoginController;
import dev.pharos.server.rest.CwmpMethodController;
import dev.pharos.server.rest.CwmpRequests;
import dev.pharos.server.rest.DeviceController;
import dev.pharos.server.rest.DeviceFileController;
import dev.pharos.server.rest.DeviceFileDoor;
import dev.pharos.server.rest.DeviceProfileController;
import dev.pharos.server.rest.DeviceQueries;
import dev.pharos.server.rest.DiagnosticController;
import dev.pharos.server.rest.DialController;
import dev.pharos.server.rest.EnrolmentController;
import dev.pharos.server.rest.EventController;
import dev.pharos.server.rest.FirmwareController;
import dev.pharos.server.rest.FirmwareFileController;
import dev.pharos.server.rest.FleetHistoryController;
import dev.pharos.server.rest.FourEyes;
import dev.pharos.server.rest.GroupController;
import dev.pharos.server.rest.GroupUses;
import dev.pharos.server.rest.HealthController;
import dev.pharos.server.rest.IdentityController;
import dev.pharos.server.rest.ImageIntake;
import dev.pharos.server.rest.ImportController;
import dev.pharos.server.rest.JobController;
import dev.pharos.server.rest.JobDesk;
import dev.pharos.server.rest.KindController;
import dev.pharos.server.rest.KnowledgeController;
import dev.pharos.server.rest.MigrationController;
import dev.pharos.server.rest.ModuleController;
import dev.pharos.server.rest.Newcomers;
import dev.pharos.server.rest.OpenController;
import dev.pharos.server.rest.OpenIdController;
import dev.pharos.server.rest.OpenSessionController;
import dev.pharos.server.rest.PasskeyController;
import dev.pharos.server.rest.PasskeySignInController;
import dev.pharos.server.rest.ProfileController;
import dev.pharos.server.rest.SavedViewController;
import dev.pharos.server.rest.SeriesController;
import dev.pharos.server.rest.ServerFacts;
import dev.pharos.server.rest.SessionController;
import dev.pharos.server.rest.SignInWaysController;
import dev.pharos.server.rest.StreamController;
import dev.pharos.server.rest.Streams;
import dev.pharos.server.rest.SummaryController;
import dev.pharos.server.rest.SwapController;
import dev.pharos.server.rest.SystemController;
import dev.pharos.server.rest.TenantController;
import dev.pharos.server.rest.TimeZoneController;
import dev.pharos.server.rest.TimelineController;
import dev.pharos.server.rest.TokenController;
import dev.pharos.server.rest.TransferTestController;
import dev.pharos.server.rest.UserController;
import dev.pharos.server.rest.UspRequestController;
import dev.pharos.server.rest.UspRequests;
import dev.pharos.server.rest.WebhookController;
import dev.pharos.server.rest.WireController;
import dev.pharos.server.store.AlarmRuleStore;
import dev.pharos.server.store.AlarmStore;
import dev.pharos.server.store.ApprovalStore;
import dev.pharos.server.store.AttentionStore;
import dev.pharos.server.store.AttributeStore;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.CollectorLoginStore;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DeviceTenants;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.server.store.FleetHistoryStore;
import dev.pharos.server.store.GroupStore;
import dev.pharos.server.store.HealthStore;
import dev.pharos.server.store.IdempotencyStore;
import dev.pharos.server.store.PostgresProfileLedger;
import dev.pharos.server.store.SavedViewStore;
import dev.pharos.server.store.SeriesStore;
import dev.pharos.server.store.TenantStore;
import dev.pharos.server.store.TimeZoneStore;
import dev.pharos.server.store.TimelineStore;
import dev.pharos.server.store.TwinTable;
import dev.pharos.server.store.UserStore;
import dev.pharos.server.swap.SwapDesk;
import dev.pharos.server.webhook.WebhookDesk;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/// The page and the REST interface, listening.
public final class WebServer implements AutoCloseable {
    private final ServletWebServerApplicationContext context;
    private final Streams streams;

    private WebServer(ServletWebServerApplicationContext context, Streams streams) {
        this.context = context;
        this.streams = streams;
    }

    /// What the web server serves.
    public record Parts(
            UspController controller,
            Database database,
            TokenRegistry tokens,
            ServerFacts facts,
            PrometheusMeterRegistry metrics,
            ReportDesk reports,
            CwmpRequests cwmp,
            CwmpLogins cwmpLogins,
            KindShelf kinds,
            JobRunner jobs,
            CampaignRunner campaigns,
            ProfileDesk profiles,
            Bootstraps bootstraps,
            DeviceLoginDesk logins,
            DialledDevices dialled,
            FirmwareRepository firmware,
            FirmwareLinks firmwareLinks,
            ModuleCatalogue modules,
            Moving moving,
            WebhookDesk webhooks,
            Diagnostics diagnostics,
            DeviceFiles files,
            SeriesStore series,
            BackupWriter backup,
            OpenIdDoor openId,
            Passkeys passkeys,
            RateLimiter limiter,
            Clock clock) {}

    /// What moves devices from TR-069 to USP.
    public record Moving(MigrationRunner migrations, Eligibility eligibility) {}

    /// Everything Spring is asked to do, by name: what is not named is not looked for, which makes the start quick.
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        SpringDocConfigProperties.class,
        SpringDocConfiguration.class,
        SpringDocWebMvcConfiguration.class
    })
    @Import({
        WebConfiguration.class,
        SecurityConfiguration.class,
        TlsConfiguration.class,
        OpenApiConfiguration.class,
        ApiErrors.class,
        AlarmController.class,
        AlarmRuleController.class,
        ApprovalController.class,
        TimeZoneController.class,
        TimelineController.class,
        TokenController.class,
        DeviceProfileController.class,
        AttentionController.class,
        HealthController.class,
        AuditController.class,
        BackupController.class,
        BulkController.class,
        BulkReportController.class,
        CampaignController.class,
        CwmpLoginController.class,
        CwmpMethodController.class,
        DeviceController.class,
        DeviceFileController.class,
        DeviceFileDoor.class,
        DiagnosticController.class,
        DialController.class,
        EnrolmentController.class,
        EventController.class,
        FirmwareController.class,
        FleetHistoryController.class,
        FirmwareFileController.class,
        GroupController.class,
        IdentityController.class,
        JobController.class,
        KindController.class,
        ImportController.class,
        KnowledgeController.class,
        MigrationController.class,
        ModuleController.class,
        OpenController.class,
        OpenIdController.class,
        OpenSessionController.class,
        PasskeyController.class,
        PasskeySignInController.class,
        ProfileController.class,
        SavedViewController.class,
        SeriesController.class,
        SessionController.class,
        SignInWaysController.class,
        StreamController.class,
        SummaryController.class,
        SwapController.class,
        SystemController.class,
        TenantController.class,
        TransferTestController.class,
        UserController.class,
        UspRequestController.class,
        WebhookController.class,
        WireController.class
    })
    static class Application {}

    /// Starts and listens.
    ///
    /// @throws IOException where a port cannot be had; the text names it and its option
    public static WebServer start(WebSettings settings, Parts parts) throws IOException {
        // our own log is set up before us
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Streams streams = new Streams(parts.limiter());
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .addCommandLineProperties(false)
                .initializers(context -> prepare(context, settings, parts, streams))
                .sources(settings.northbound() ? new Class<?>[] {NorthboundConfiguration.class} : new Class<?>[0])
                .build();
        try {
            if (application.run() instanceof ServletWebServerApplicationContext context) {
                return new WebServer(context, streams);
            }
            throw new IllegalStateException("Spring made no web server");
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException taken) {
                    boolean plain = settings.port().equals(Optional.of(taken.getPort()));
                    throw new IOException(
                            "cannot listen on " + settings.host() + " port " + taken.getPort() + " (option "
                                    + (plain ? "--http" : "--https") + "): the port is taken",
                            failed);
                }
            }
            throw failed;
        }
    }

    private static void prepare(
            ConfigurableApplicationContext context, WebSettings settings, Parts parts, Streams streams) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.host());
        properties.put(
                "server.port",
                settings.port()
                        .orElseGet(
                                () -> settings.tls().map(WebSettings.Tls::port).orElse(0)));
        properties.put("server.shutdown", "immediate");
        // a client that asks often must not connect again for every hundred requests
        properties.put("server.tomcat.max-keep-alive-requests", "10000");
        properties.put("server.error.whitelabel.enabled", "false");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.mvc.problemdetails.enabled", "false");
        properties.put("spring.mvc.publish-request-handled-events", "false");
        // nobody sends us forms
        properties.put("spring.mvc.formcontent.filter.enabled", "false");
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("spring.main.allow-bean-definition-overriding", "false");
        properties.put("springdoc.api-docs.path", "/api/openapi.json");
        properties.put("springdoc.api-docs.version", "openapi_3_1");
        properties.put("springdoc.default-produces-media-type", "application/json");
        properties.put("springdoc.paths-to-match", "/api/v1/**");
        // first, so that no stray environment variable changes it
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("pharos", properties));
        var beans = context.getBeanFactory();
        beans.registerSingleton("webSettings", settings);
        beans.registerSingleton("uspController", parts.controller());
        beans.registerSingleton("database", parts.database());
        beans.registerSingleton("tokens", parts.tokens());
        beans.registerSingleton("facts", parts.facts());
        beans.registerSingleton("metrics", parts.metrics());
        beans.registerSingleton("cwmpRequests", parts.cwmp());
        beans.registerSingleton("cwmpLogins", parts.cwmpLogins());
        beans.registerSingleton("kinds", parts.kinds());
        beans.registerSingleton(
                "deviceNames",
                new DeviceNames(parts.kinds(), parts.controller().stores().twins()));
        beans.registerSingleton("jobRunner", parts.jobs());
        beans.registerSingleton("campaignRunner", parts.campaigns());
        beans.registerSingleton("profileDesk", parts.profiles());
        beans.registerSingleton("attentionStore", new AttentionStore(parts.database()));
        beans.registerSingleton("healthStore", new HealthStore(parts.database()));
        beans.registerSingleton("fleetHistoryStore", new FleetHistoryStore(parts.database()));
        beans.registerSingleton("attributeStore", new AttributeStore(parts.database()));
        beans.registerSingleton("bootstraps", parts.bootstraps());
        beans.registerSingleton("deviceLogins", parts.logins());
        beans.registerSingleton("dialledDevices", parts.dialled());
        beans.registerSingleton("firmware", parts.firmware());
        beans.registerSingleton("firmwareLinks", parts.firmwareLinks());
        beans.registerSingleton("modules", parts.modules());
        beans.registerSingleton("migrationRunner", parts.moving().migrations());
        beans.registerSingleton("alarms", new AlarmStore(parts.database()));
        AlarmRuleStore rules = new AlarmRuleStore(parts.database());
        beans.registerSingleton("alarmRules", rules);
        beans.registerSingleton("webhookDesk", parts.webhooks());
        beans.registerSingleton("diagnostics", parts.diagnostics());
        beans.registerSingleton("deviceFiles", parts.files());
        beans.registerSingleton("series", parts.series());
        beans.registerSingleton("reportDesk", parts.reports());
        beans.registerSingleton("transferTests", parts.diagnostics().tests());
        beans.registerSingleton("eligibility", parts.moving().eligibility());
        beans.registerSingleton("enrolmentStore", new EnrolmentStore(parts.database()));
        beans.registerSingleton("backupWriter", parts.backup());
        beans.registerSingleton("passkeys", parts.passkeys());
        beans.registerSingleton("clock", parts.clock());
        beans.registerSingleton("rateLimiter", parts.limiter());
        beans.registerSingleton("streams", streams);
        Users users = new Users(new UserStore(parts.database()), parts.clock());
        beans.registerSingleton("users", users);
        beans.registerSingleton("deviceTenants", new DeviceTenants(parts.database()));
        beans.registerSingleton("tenants", new Tenants(new TenantStore(parts.database()), parts.clock()));
        Sessions sessions = new Sessions(parts.clock());
        beans.registerSingleton("sessions", sessions);
        beans.registerSingleton("openId", parts.openId());
        beans.registerSingleton("newcomers", new Newcomers(users, parts.tokens(), sessions));
        beans.registerSingleton("signInGuard", new SignInGuard(parts.clock()));
        Audit audit = new Audit(new AuditStore(parts.database()), parts.clock());
        beans.registerSingleton("audit", audit);
        ApprovalStore approvals = new ApprovalStore(parts.database());
        beans.registerSingleton("approvals", approvals);
        FourEyes fourEyes = new FourEyes(approvals, new People(users, parts.tokens()), audit, parts.clock());
        beans.registerSingleton("fourEyes", fourEyes);
        beans.registerSingleton("uspRequests", new UspRequests(parts.controller(), parts.cwmp(), fourEyes, audit));
        beans.registerSingleton(
                "collectorLogins", new CollectorLogins(new CollectorLoginStore(parts.database()), parts.clock()));
        GroupStore groups = new GroupStore(parts.database());
        beans.registerSingleton("groups", groups);
        DeviceQueries queries = new DeviceQueries(groups);
        beans.registerSingleton("deviceQueries", queries);
        beans.registerSingleton("twinTable", new TwinTable(parts.database()));
        beans.registerSingleton("savedViews", new SavedViewStore(parts.database()));
        beans.registerSingleton("timeZones", new TimeZoneStore(parts.database()));
        beans.registerSingleton("timeline", new TimelineStore(parts.database()));
        JobDesk jobs = new JobDesk(
                parts.controller().stores().devices(), parts.jobs(), queries, parts.modules(), parts.clock());
        beans.registerSingleton("jobDesk", jobs);
        beans.registerSingleton(
                "swapDesk",
                new SwapDesk(
                        parts.controller(),
                        parts.profiles(),
                        new PostgresProfileLedger(parts.database()),
                        new AttributeStore(parts.database()),
                        parts.jobs(),
                        parts.clock()));
        beans.registerSingleton("approvedWork", new ApprovedWork(jobs, parts.profiles()));
        beans.registerSingleton(
                "groupUses",
                new GroupUses(queries, parts.profiles(), parts.webhooks(), rules, () -> scopes(users, parts.tokens())));
        beans.registerSingleton(
                "imageAudience",
                new ImageAudience(queries::read, parts.controller().stores().devices()));
        beans.registerSingleton("imageIntake", new ImageIntake(parts.firmware(), queries, audit, parts.clock()));
        beans.registerSingleton("idempotencyStore", new IdempotencyStore(parts.database()));
    }

    private static Map<String, String> scopes(Users users, TokenRegistry tokens) {
        Map<String, String> scopes = new HashMap<>();
        users.all().forEach(user -> user.scope().ifPresent(scope -> scopes.put(user.name(), scope.query())));
        tokens.all().forEach(token -> token.scope().ifPresent(scope -> scopes.put(token.name(), scope.query())));
        return scopes;
    }

    /// The port that the page is served on.
    public int port() {
        org.springframework.boot.web.server.@org.jspecify.annotations.Nullable WebServer server =
                context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the web server was stopped");
        }
        return server.getPort();
    }

    /// Ends streams and requests at once.
    @Override
    public void close() {
        streams.close();
        context.close();
    }
}
