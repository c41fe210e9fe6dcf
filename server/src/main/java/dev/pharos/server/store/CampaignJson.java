// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.ErrorLimit;
import dev.pharos.controller.campaign.HealthGate;
import dev.pharos.controller.campaign.Measure;
import dev.pharos.controller.campaign.RefusedException;
import dev.pharos.controller.campaign.WaveJob;
import dev.pharos.controller.campaign.Waves;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.EndpointId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The plan of a campaign and what has come of it as JSON, and back.
final class CampaignJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CampaignJson() {}

    static String plan(CampaignPlan plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", plan.name());
        switch (plan.target()) {
            case Audience.Matching(String query, boolean _) -> json.put("query", query);
            case Audience.Named(List<EndpointId> devices) -> texts(json.putArray("devices"), devices);
            case Audience.Changed _, Audience.Span _ -> throw new IllegalArgumentException("no target of a campaign");
        }
        switch (plan.work()) {
            case CampaignWork.Firmware(long image) -> json.put("image", image);
            case CampaignWork.Modules(Rollout(long module, Rollout.Action action, boolean keepData)) ->
                json.putObject("modules")
                        .put("module", module)
                        .put("action", action.name())
                        .put("keepData", keepData);
            case CampaignWork.Migration(
                    Crossing(String transport, boolean keepCwmp, Duration settle, boolean byNetwork)) ->
                json.putObject("migration")
                        .put("to", transport)
                        .put("keepCwmp", keepCwmp)
                        .put("settle", settle.toSeconds())
                        .put("byNetwork", byNetwork);
        }
        texts(json.putArray("waves"), plan.waves().sizes());
        json.put("success", plan.rules().success());
        json.put("errors", plan.rules().errors().toString());
        json.put("soak", plan.rules().soak().toSeconds());
        json.put("approval", plan.rules().approval());
        plan.gate().ifPresent(gate -> {
            ObjectNode node = json.putObject("gate");
            texts(node.putArray("measures"), gate.measures());
            node.put("atLeast", gate.atLeast());
            node.put("unknown", gate.unknown().name());
        });
        CampaignPlan.Hours hours = plan.hours();
        json.put("concurrency", hours.pace().concurrency());
        json.put("perMinute", hours.pace().perMinute());
        json.put("patience", hours.patience().toSeconds());
        hours.window().ifPresent(window -> {
            ObjectNode node = json.putObject("window");
            node.put("from", window.from().toString());
            node.put("to", window.to().toString());
            texts(node.putArray("days"), window.days().stream().sorted().toList());
        });
        hours.zone().ifPresent(zone -> json.put("zone", zone.getId()));
        return written(json);
    }

    private static void texts(ArrayNode array, Iterable<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    private static String written(ObjectNode json) {
        return Storable.text(JSON.writeValueAsString(json)).replace("\\u0000", "\\ufffd");
    }

    static CampaignPlan plan(String text) {
        JsonNode json = JSON.readTree(text);
        try {
            return new CampaignPlan(
                    json.get("name").stringValue(),
                    target(json),
                    work(json),
                    Waves.parse(texts(json.get("waves"))),
                    new CampaignPlan.Rules(
                            json.get("success").intValue(),
                            ErrorLimit.parse(json.get("errors").stringValue()),
                            Duration.ofSeconds(json.get("soak").longValue()),
                            json.get("approval").booleanValue()),
                    json.has("gate") ? Optional.of(gate(json.get("gate"))) : Optional.empty(),
                    new CampaignPlan.Hours(
                            new Pace(
                                    json.get("concurrency").intValue(),
                                    json.get("perMinute").intValue()),
                            Duration.ofSeconds(json.get("patience").longValue()),
                            json.has("window") ? Optional.of(window(json.get("window"))) : Optional.empty(),
                            json.has("zone")
                                    ? Optional.of(ZoneId.of(json.get("zone").stringValue()))
                                    : Optional.empty()));
        } catch (RefusedException changed) {
            throw new StoreException("a stored campaign cannot be read: " + changed.reason(), changed);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    private static Audience target(JsonNode json) {
        return json.has("query")
                ? new Audience.Matching(json.get("query").stringValue(), false)
                : new Audience.Named(
                        texts(json.get("devices")).stream().map(EndpointId::of).toList());
    }

    private static CampaignWork work(JsonNode json) {
        if (json.has("image")) {
            return new CampaignWork.Firmware(json.get("image").longValue());
        }
        if (json.has("modules")) {
            JsonNode modules = json.get("modules");
            return new CampaignWork.Modules(new Rollout(
                    modules.get("module").longValue(),
                    Rollout.Action.valueOf(modules.get("action").stringValue()),
                    modules.get("keepData").booleanValue()));
        }
        JsonNode migration = json.get("migration");
        return new CampaignWork.Migration(new Crossing(
                migration.get("to").stringValue(),
                migration.get("keepCwmp").booleanValue(),
                Duration.ofSeconds(migration.get("settle").longValue()),
                migration.path("byNetwork").asBoolean(false)));
    }

    private static HealthGate gate(JsonNode json) throws RefusedException {
        List<Measure> measures = new ArrayList<>();
        for (String measure : texts(json.get("measures"))) {
            measures.add(Measure.parse(measure));
        }
        return new HealthGate(
                measures,
                json.get("atLeast").intValue(),
                HealthGate.Unknown.valueOf(json.get("unknown").stringValue()));
    }

    private static ServiceWindow window(JsonNode json) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        texts(json.get("days")).forEach(day -> days.add(DayOfWeek.valueOf(day)));
        return new ServiceWindow(
                LocalTime.parse(json.get("from").stringValue()),
                LocalTime.parse(json.get("to").stringValue()),
                days);
    }

    static String course(Campaign.Course course) {
        ObjectNode json = JSON.createObjectNode();
        course.approvedBy().ifPresent(by -> json.put("approvedBy", by));
        ArrayNode sizes = json.putArray("sizes");
        course.sizes().forEach(sizes::add);
        ArrayNode jobs = json.putArray("jobs");
        course.jobs()
                .forEach(job -> jobs.addObject()
                        .put("wave", job.wave())
                        .put("purpose", job.purpose().name())
                        .put("job", job.job()));
        ArrayNode notes = json.putArray("notes");
        course.notes()
                .forEach(note ->
                        notes.addObject().put("time", note.time().toString()).put("text", note.text()));
        return written(json);
    }

    static Campaign.Course course(String text) {
        JsonNode json = JSON.readTree(text);
        List<Integer> sizes = new ArrayList<>();
        json.get("sizes").forEach(size -> sizes.add(size.intValue()));
        List<WaveJob> jobs = new ArrayList<>();
        json.get("jobs")
                .forEach(job -> jobs.add(new WaveJob(
                        job.get("wave").intValue(),
                        WaveJob.Purpose.valueOf(job.get("purpose").stringValue()),
                        job.get("job").longValue())));
        List<Campaign.Note> notes = new ArrayList<>();
        json.get("notes")
                .forEach(note -> notes.add(new Campaign.Note(
                        Instant.parse(note.get("time").stringValue()),
                        note.get("text").stringValue())));
        return new Campaign.Course(
                json.has("approvedBy") ? Optional.of(json.get("approvedBy").stringValue()) : Optional.empty(),
                sizes,
                jobs,
                notes);
    }
}
