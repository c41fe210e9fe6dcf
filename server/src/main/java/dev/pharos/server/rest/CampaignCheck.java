// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.RefusedException;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.Limits;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.CampaignPreview;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says what a campaign would do if it started now, and what speaks against it.
final class CampaignCheck {
    private static final Condition OVER_TR069 =
            new Condition.TextIs(TextAttribute.TRANSPORT, TextComparison.IS, AcsOffice.TRANSPORT);

    private static final ParameterPattern UNIT_UUID =
            ParameterPattern.of("Device.SoftwareModules.DeploymentUnit.*.UUID").orElseThrow();

    private final DeviceStore devices;
    private final DeviceQueries queries;
    private final ModuleCatalogue catalogue;

    /// @param catalogue of modules, beside the images
    CampaignCheck(DeviceStore devices, DeviceQueries queries, ModuleCatalogue catalogue) {
        this.devices = devices;
        this.queries = queries;
        this.catalogue = catalogue;
    }

    /// @throws BadRequestException where the image or the query is none
    CampaignPreview preview(CampaignPlan plan) {
        Condition target = target(plan.target());
        long all = count(target);
        long online = count(target, new Condition.FlagIs(Flag.ONLINE, true));
        List<String> problems = new ArrayList<>();
        if (all == 0) {
            problems.add("No device is meant now; a campaign concerns at least one.");
        }
        if (all > Limits.TARGETS) {
            problems.add("A campaign may concern " + Limits.TARGETS + " devices, and this one would " + all + ".");
        }
        return switch (plan.work()) {
            case CampaignWork.Firmware(long number) -> {
                StoredImage image = image(number);
                long already =
                        count(target, new Condition.TextIs(TextAttribute.SOFTWARE, TextComparison.IS, image.version()));
                others(target, image, "image", problems);
                List<Integer> waves = waves(plan, all, problems);
                yield new CampaignPreview(
                        all,
                        online,
                        already,
                        waves,
                        problems,
                        sentence(
                                "It would bring " + image.name() + " " + image.version() + " to",
                                all,
                                online,
                                already + " run it already",
                                waves));
            }
            case CampaignWork.Modules(Rollout rollout) -> {
                StoredModule module = catalogue
                        .find(rollout.module())
                        .orElseThrow(() -> new BadRequestException(
                                "module.id",
                                "must be the number of a software module that there is, not " + rollout.module()));
                if (rollout.action() != Rollout.Action.UNINSTALL) {
                    others(target, module.image(), "module", problems);
                }
                long already = count(target, has(module));
                List<Integer> waves = waves(plan, all, problems);
                yield new CampaignPreview(
                        all,
                        online,
                        already,
                        waves,
                        problems,
                        sentence(
                                "It would " + rollout.action().text() + " " + module.called() + " on",
                                all,
                                online,
                                already + " have some version of it, as far as is known",
                                waves));
            }
            case CampaignWork.Migration(Crossing crossing) -> {
                long already = all - count(target, OVER_TR069);
                if (all > 0 && already == all) {
                    problems.add("None of these devices is managed over TR-069, so there is none to move to USP.");
                }
                List<Integer> waves = waves(plan, all, problems);
                yield new CampaignPreview(
                        all,
                        online,
                        already,
                        waves,
                        problems,
                        sentence(
                                crossing.byNetwork()
                                        ? "It would wait for the network to bring over USP by " + crossing.transport()
                                        : "It would move to USP over " + crossing.transport(),
                                all,
                                online,
                                already + " are managed over USP already",
                                waves));
            }
        };
    }

    private StoredImage image(long number) {
        return catalogue
                .repository()
                .find(number)
                .orElseThrow(() -> new BadRequestException(
                        "firmware", "must be the number of an image that there is, not " + number));
    }

    private Condition target(Audience audience) {
        return switch (audience) {
            case Audience.Matching(String query, boolean _) -> queries.read("query", query);
            case Audience.Named(List<EndpointId> ids) ->
                new Condition.Any(ids.stream()
                        .<Condition>map(id -> new Condition.TextIs(TextAttribute.ID, TextComparison.IS, id.toString()))
                        .toList());
            case Audience.Changed _, Audience.Span _ -> throw new IllegalArgumentException("no body says this");
        };
    }

    private long count(Condition... conditions) {
        return devices.list(new DeviceQuery(new Condition.All(List.of(conditions)), DeviceQuery.Sort.ID, false, 1, ""))
                .total();
    }

    /// Of devices whose twin says that some version of it is installed.
    private static Condition has(StoredModule module) {
        return new Condition.ParameterIs(UNIT_UUID, new ValueTest.Text(TextComparison.IS, module.uuid()));
    }

    /// Devices that the image is not for.
    private void others(Condition target, StoredImage image, String what, List<String> problems) {
        if (!image.devices().isEmpty()) {
            Condition meant = queries.read("firmware", image.devices());
            long others = count(target, new Condition.Not(meant));
            if (others > 0) {
                problems.add(String.format(
                        Locale.ROOT,
                        "%,d of the devices %s not among those that the %s is for; allowed are: %s",
                        others,
                        others == 1 ? "is" : "are",
                        what,
                        image.devices()));
            }
        }
    }

    private static List<Integer> waves(CampaignPlan plan, long all, List<String> problems) {
        if (all == 0 || all > Limits.TARGETS) {
            return List.of();
        }
        try {
            return plan.waves().of((int) all);
        } catch (RefusedException misfit) {
            problems.add("The waves " + misfit.reason() + ".");
            return List.of();
        }
    }

    /// @param what it would do, before how many devices that are
    /// @param already how many need nothing, and why
    private static String sentence(String what, long all, long online, String already, List<Integer> waves) {
        String how = waves.isEmpty()
                ? "."
                : waves.size() == 1
                        ? ", in one wave."
                        : ", in " + waves.size() + " waves of "
                                + waves.stream()
                                        .map(size -> String.format(Locale.ROOT, "%,d", size))
                                        .collect(Collectors.joining(", "))
                                + ".";
        return String.format(
                        Locale.ROOT,
                        "%s %,d device%s, of which %,d are online now and %s",
                        what,
                        all,
                        all == 1 ? "" : "s",
                        online,
                        already)
                + how;
    }
}
