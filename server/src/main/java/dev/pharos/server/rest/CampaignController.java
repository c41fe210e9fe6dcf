// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.campaign.CampaignRunner.Order;
import dev.pharos.controller.campaign.CampaignState;
import dev.pharos.controller.campaign.CampaignStore;
import dev.pharos.controller.campaign.CampaignStore.JobsThen;
import dev.pharos.controller.campaign.CampaignStore.Standing;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.Orders;
import dev.pharos.controller.campaign.RefusedException;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.migration.MigrationPlace;
import dev.pharos.controller.migration.MigrationRunner;
import dev.pharos.controller.migration.MigrationStore;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.CampaignBody;
import dev.pharos.server.rest.json.CampaignFunnel;
import dev.pharos.server.rest.json.CampaignHealth;
import dev.pharos.server.rest.json.CampaignPage;
import dev.pharos.server.rest.json.CampaignPreview;
import dev.pharos.server.rest.json.CampaignReport;
import dev.pharos.server.rest.json.CampaignView;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Campaigns: a firmware image or a software module to many devices, or many devices to USP, in waves, see
/// docs/campaigns.md.
@RestController
@RequestMapping("/api/v1/campaigns")
@Tag(name = "campaigns")
@Needs(Right.FLEET)
public final class CampaignController {
    private final CampaignRunner runner;
    private final CampaignCheck check;
    private final FourEyes fourEyes;
    private final MigrationStore migrations;
    private final Audit audit;
    private final Clock clock;

    public CampaignController(
            UspController controller,
            CampaignRunner runner,
            DeviceQueries queries,
            ModuleCatalogue catalogue,
            FourEyes fourEyes,
            MigrationRunner migrations,
            Audit audit,
            Clock clock) {
        this.clock = clock;
        this.runner = runner;
        this.check = new CampaignCheck(controller.stores().devices(), queries, catalogue);
        this.fourEyes = fourEyes;
        this.migrations = migrations.store();
        this.audit = audit;
    }

    private CampaignStore campaigns() {
        return runner.store();
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "listCampaigns", summary = "Campaigns, newest first")
    CampaignPage list(
            @RequestParam(required = false) @Nullable Integer limit, @RequestParam(defaultValue = "") String cursor) {
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Campaign> found = campaigns().list(Paging.before(cursor), most + 1);
        List<Campaign> shown = found.subList(0, Math.min(most, found.size()));
        var tallies = campaigns().tallies(shown.stream().map(Campaign::id).toList());
        return new CampaignPage(
                shown.stream()
                        .map(campaign -> CampaignView.of(campaign, tallies))
                        .toList(),
                found.size() > most ? Long.toString(shown.getLast().id()) : null);
    }

    @Heavy
    @PostMapping("/preview")
    @Operation(
            operationId = "previewNewCampaign",
            summary = "What a campaign would do if it were made and started now; does nothing")
    CampaignPreview preview(@RequestBody CampaignBody body) {
        return check.preview(body.checked());
    }

    @PostMapping
    @Operation(operationId = "createCampaign", summary = "Make a campaign, which begins when somebody starts it")
    CampaignView create(@RequestBody CampaignBody body, Principal user) {
        CampaignPlan plan = body.checked();
        CampaignPreview preview = possible(plan);
        if (!plan.rules().approval() && fourEyes.tooMany(preview.devices())) {
            throw new ApiException(
                    409,
                    "Not without approval",
                    "It concerns " + preview.devices() + " devices, and one person may change "
                            + fourEyes.rules().devices() + ": make it with approval by a second person.");
        }
        audit.record(
                user,
                "create campaign",
                plan.name(),
                what(plan.work()) + " " + target(plan) + " in waves of " + plan.waves()
                        + (plan.rules().approval() ? "" : ", WITHOUT approval by a second person"));
        return campaigns()
                .add(plan, user.getName(), clock.instant())
                .map(this::view)
                .orElseThrow(() -> new ApiException(
                        409,
                        "Too many campaigns",
                        "There are as many campaigns as may be; delete one that has ended."));
    }

    private static String what(CampaignWork work) {
        return switch (work) {
            case CampaignWork.Firmware(long image) -> "firmware " + image + " to";
            case CampaignWork.Modules(Rollout rollout) -> rollout + " on";
            case CampaignWork.Migration(Crossing crossing) ->
                "to USP over " + crossing.transport() + (crossing.byNetwork() ? ", as the network tells them" : "")
                        + ":";
        };
    }

    private static String target(CampaignPlan plan) {
        return plan.target() instanceof Audience.Matching(String query, boolean _)
                ? query.isEmpty() ? "all devices" : query
                : plan.target() instanceof Audience.Named(var devices) ? devices.size() + " devices by name" : "";
    }

    private CampaignPreview possible(CampaignPlan plan) {
        CampaignPreview preview = check.preview(plan);
        if (!preview.problems().isEmpty()) {
            throw new ApiException(409, "Not possible", String.join(" ", preview.problems()));
        }
        return preview;
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}")
    @Operation(operationId = "getCampaign", summary = "One campaign, its waves and its story")
    CampaignView get(@PathVariable long id) {
        return view(known(id));
    }

    private CampaignView view(Campaign campaign) {
        return CampaignView.of(campaign, campaigns().tallies(List.of(campaign.id())));
    }

    private Campaign known(long id) {
        return campaigns()
                .find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown campaign", "There is no campaign " + id + "."));
    }

    @Needs(Right.LOOK)
    @Heavy
    @GetMapping("/{id}/preview")
    @Operation(operationId = "previewCampaign", summary = "What would happen if it started now; does nothing")
    CampaignPreview previewOf(@PathVariable long id) {
        return check.preview(known(id).plan());
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}/health")
    @Operation(
            operationId = "campaignHealth",
            summary = "How updated devices do beside the others, by the measures of the health gate")
    CampaignHealth health(@PathVariable long id) {
        return CampaignHealth.of(runner.health(known(id)));
    }

    @PostMapping("/{id}/approve")
    @Operation(operationId = "approveCampaign", summary = "Approve it, as somebody other than who made it")
    CampaignView approve(@PathVariable long id, Principal user) {
        String made = known(id).createdBy();
        if (!made.equals(user.getName()) && fourEyes.people().same(user.getName(), made)) {
            throw new ApiException(
                    409,
                    "Not by the same person",
                    user.getName() + " stands for the same person as " + made
                            + ", who made it; somebody else approves it.");
        }
        return order(id, "approve", Orders::approve, JobsThen.STAY, user);
    }

    @PostMapping("/{id}/start")
    @Operation(operationId = "startCampaign", summary = "Fix which devices it concerns, and begin its first wave")
    CampaignView start(@PathVariable long id, Principal user) {
        Campaign campaign = known(id);
        if (campaign.state() instanceof CampaignState.Ready) {
            possible(campaign.plan());
        }
        audit.record(
                user,
                "start campaign",
                campaign.plan().name(),
                "campaign " + id
                        + (campaign.plan().rules().approval() ? "" : ", which no second person had to approve"));
        try {
            return view(runner.start(campaign, user.getName()));
        } catch (RefusedException refused) {
            throw new ApiException(409, "Not now", refused.reason());
        }
    }

    @PostMapping("/{id}/pause")
    @Operation(operationId = "pauseCampaign", summary = "Begin with no further device until it is resumed")
    CampaignView pause(@PathVariable long id, Principal user) {
        return order(id, "pause", Orders::pause, JobsThen.PAUSE, user);
    }

    @PostMapping("/{id}/resume")
    @Operation(operationId = "resumeCampaign", summary = "Go on with one that is paused, or held after a wave")
    CampaignView resume(@PathVariable long id, Principal user) {
        return order(id, "resume", Orders::resume, JobsThen.RESUME, user);
    }

    @PostMapping("/{id}/stop")
    @Operation(
            operationId = "stopCampaign",
            summary = "End it for good; what a device is at is finished, and what was done stays so")
    CampaignView stop(@PathVariable long id, Principal user) {
        return order(id, "stop", Orders::stop, JobsThen.CANCEL, user);
    }

    @PostMapping("/{id}/rollback")
    @Operation(
            operationId = "rollBackCampaign",
            summary = "Take the devices back with which it has begun: to what they ran before, or to TR-069")
    CampaignView rollBack(@PathVariable long id, Principal user) {
        return order(id, "roll back", Orders::rollBack, JobsThen.CANCEL, user);
    }

    private CampaignView order(long id, String what, Order order, JobsThen then, Principal user) {
        Campaign campaign = known(id);
        audit.record(user, what + " campaign", campaign.plan().name(), "campaign " + id);
        try {
            return view(runner.order(campaign, user.getName(), order, then));
        } catch (RefusedException refused) {
            throw new ApiException(409, "Not now", refused.reason());
        }
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}/report")
    @Operation(operationId = "campaignReport", summary = "The devices of a campaign, and how each stands")
    CampaignReport report(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "") String step) {
        Campaign campaign = known(id);
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Standing> found = campaigns().report(id, place(step), Paging.after(cursor), most + 1);
        List<Standing> shown = started(campaign, found.subList(0, Math.min(most, found.size())));
        return new CampaignReport(
                shown.stream()
                        .map(each -> CampaignReport.Row.of(campaign, each))
                        .toList(),
                found.size() > most ? Integer.toString(shown.getLast().position()) : null);
    }

    private static Optional<MigrationPlace> place(String step) {
        try {
            return step.isEmpty() ? Optional.empty() : Optional.of(MigrationPlace.of(step));
        } catch (IllegalArgumentException unknown) {
            throw new BadRequestException("step", "must be a step of a funnel, such as stood-by");
        }
    }

    @Needs(Right.LOOK)
    @GetMapping("/{id}/funnel")
    @Operation(
            operationId = "campaignFunnel",
            summary = "Where its devices are on their way from TR-069 to USP, and why some are not")
    CampaignFunnel funnel(@PathVariable long id) {
        if (!(known(id).plan().work() instanceof CampaignWork.Migration)) {
            throw new ApiException(
                    409,
                    "No funnel",
                    "Campaign " + id + " moves no devices to USP; one that moves devices has a funnel.");
        }
        return CampaignFunnel.of(migrations.funnel(id));
    }

    /// What was fixed for a start that was refused is nothing yet.
    private static List<Standing> started(Campaign campaign, List<Standing> devices) {
        return campaign.course().sizes().isEmpty() ? List.of() : devices;
    }

    @Needs(Right.LOOK)
    @Heavy
    @GetMapping(value = "/{id}/report.csv", produces = "text/csv")
    @Operation(operationId = "campaignReportCsv", summary = "The same, a line for each device")
    void reportCsv(@PathVariable long id, HttpServletResponse response) throws IOException {
        Campaign campaign = known(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"campaign-" + id + ".csv\"");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write("device,wave,version_before,state,detail,changed,roll_back,roll_back_detail,step\r\n");
        List<Standing> page = started(campaign, campaigns().report(id, Optional.empty(), -1, Limits.CSV_PAGE));
        while (!page.isEmpty()) {
            for (Standing standing : page) {
                CampaignReport.Row row = CampaignReport.Row.of(campaign, standing);
                out.write(JobCsv.row(
                        row.device(),
                        row.wave(),
                        row.version(),
                        row.state(),
                        row.detail(),
                        row.changed(),
                        row.rollBack(),
                        row.rollBackDetail(),
                        row.step()));
            }
            page = campaigns().report(id, Optional.empty(), page.getLast().position(), Limits.CSV_PAGE);
        }
        out.flush();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteCampaign", summary = "Forget one that is not at work, with its jobs")
    void delete(@PathVariable long id, Principal user) {
        Campaign campaign = known(id);
        boolean idle = switch (campaign.state().kind()) {
            case UNAPPROVED, READY, STOPPED, DONE, ROLLED_BACK -> true;
            case RUNNING, PAUSED, HELD, ROLLING_BACK -> false;
        };
        if (idle) {
            audit.record(user, "delete campaign", campaign.plan().name(), "campaign " + id);
        }
        if (!idle || !campaigns().delete(campaign)) {
            throw new ApiException(
                    409,
                    "Not now",
                    "Campaign " + id + " is " + campaign.state().kind().text()
                            + (idle ? " with devices that are at work" : "")
                            + "; only one that does nothing any more is deleted: stop it first, and wait for them.");
        }
    }
}
