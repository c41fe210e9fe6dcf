// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.job.Timing;
import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.UspMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Jobs as rows of the table `jobs`, and back.
final class JobRows {
    /// What a move of which the network tells the device ends with.
    private static final String BY_NETWORK = " network";

    static final String INSERT = """
            insert into jobs (name, query, may_be_empty, devices, steps, concurrency, per_minute, start_at, deadline, window_from,
                window_to, window_days, zone, retries, backoff_ms, repeat_uncertain, created, created_by, work, state,
                campaign, span_from, span_to)
            select :name, cast(:query as text), :empty, cast(:devices as text[]), :steps, :concurrency, :minute, cast(:start as timestamptz), cast(:deadline as timestamptz), cast(:from as text), cast(:to as text), cast(:days as text[]), cast(:zone as text), :retries,
                :backoff, :repeat, cast(:created as timestamptz), :by, cast(:work as text), 'WAITING',
                cast(:campaign as bigint), cast(:spanFrom as integer), cast(:spanTo as integer)
            where (select count(*) from jobs where ended is null) < :most
            returning *
            """;
    /// Whether a job `j` is that of a campaign's wave.
    static final String FORTH = "split_part(j.work, ' ', 1) in ('upgrade', 'migrate', 'deploy')";

    /// Whether it is that of its roll-back.
    static final String BACK = "split_part(j.work, ' ', 1) in ('rollback', 'migrateback', 'deployback')";

    private static final String BRING = "bring";

    private static final MessageId ID = new MessageId("job");

    private JobRows() {}

    static void bind(Query insert, JobPlan plan) {
        insert.bind("name", Storable.text(plan.name()));
        switch (plan.audience()) {
            case Audience.Matching(String query, boolean empty) ->
                insert.bind("query", Storable.text(query))
                        .bind("empty", empty)
                        .bindNull("devices", java.sql.Types.ARRAY);
            case Audience.Changed _, Audience.Span _ ->
                insert.bindNull("query", java.sql.Types.VARCHAR)
                        .bind("empty", false)
                        .bindNull("devices", java.sql.Types.ARRAY);
            case Audience.Named(List<EndpointId> devices) ->
                insert.bindNull("query", java.sql.Types.VARCHAR)
                        .bind("empty", false)
                        .bindArray(
                                "devices",
                                String.class,
                                devices.stream().map(EndpointId::toString).toList());
        }
        insert.bind("work", work(plan.work()));
        span(insert, plan.audience());
        Timing timing = plan.timing();
        Persistence persistence = plan.persistence();
        insert.bind("steps", steps(plan))
                .bind("concurrency", plan.pace().concurrency())
                .bind("minute", plan.pace().perMinute())
                .bind("start", Storable.time(timing.startAt()))
                .bind("deadline", Storable.time(timing.deadline()))
                .bind(
                        "from",
                        timing.window().map(window -> window.from().toString()).orElse(null))
                .bind(
                        "to",
                        timing.window().map(window -> window.to().toString()).orElse(null))
                .bind("zone", timing.zone().map(ZoneId::getId).orElse(null))
                .bind("retries", persistence.retries())
                .bind("backoff", persistence.backoff().toMillis())
                .bind("repeat", persistence.repeatWhenUncertain());
        Optional<Set<DayOfWeek>> days = timing.window().map(ServiceWindow::days);
        if (days.isPresent()) {
            insert.bindArray(
                    "days",
                    String.class,
                    days.get().stream().sorted().map(DayOfWeek::name).toList());
        } else {
            insert.bindNull("days", java.sql.Types.ARRAY);
        }
    }

    private static void span(Query insert, Audience audience) {
        if (audience instanceof Audience.Span(long campaign, int from, int to)) {
            insert.bind("campaign", campaign).bind("spanFrom", from).bind("spanTo", to);
        } else {
            insert.bindNull("campaign", java.sql.Types.BIGINT)
                    .bindNull("spanFrom", java.sql.Types.INTEGER)
                    .bindNull("spanTo", java.sql.Types.INTEGER);
        }
    }

    /// One after the other, each with its length before it in four bytes; or the profile that devices are brought to.
    static byte[] steps(JobPlan plan) {
        if (plan.work() instanceof JobWork.Bring(String profile)) {
            return profile.getBytes(StandardCharsets.UTF_8);
        }
        List<byte[]> encoded = plan.steps().stream().map(JobRows::encoded).toList();
        ByteBuffer all = ByteBuffer.allocate(
                encoded.stream().mapToInt(step -> Integer.BYTES + step.length).sum());
        encoded.forEach(step -> all.putInt(step.length).put(step));
        return all.array();
    }

    static byte[] encoded(Body body) {
        return MessageCodec.encode(new UspMessage(ID, body)).toByteArray();
    }

    static Body decoded(byte[] bytes) {
        try {
            return MessageCodec.decode(Bytes.adopt(bytes)).body();
        } catch (MalformedInputException damaged) {
            throw new StoreException("a stored request or answer of a job cannot be read", damaged);
        }
    }

    static Job job(ResultSet rows) throws SQLException {
        JobPlan plan = new JobPlan(
                rows.getString("name"),
                audience(rows),
                work(rows),
                new Pace(rows.getInt("concurrency"), rows.getInt("per_minute")),
                new Timing(
                        time(rows, "start_at"),
                        time(rows, "deadline"),
                        window(rows),
                        Optional.ofNullable(rows.getString("zone")).map(ZoneId::of)),
                new Persistence(
                        rows.getInt("retries"),
                        Duration.ofMillis(rows.getLong("backoff_ms")),
                        rows.getBoolean("repeat_uncertain")));
        return new Job(
                rows.getLong("id"),
                plan,
                time(rows, "created"),
                rows.getString("created_by"),
                new Job.Course(
                        JobState.valueOf(rows.getString("state")),
                        rows.getString("note"),
                        possibly(rows.getTimestamp("started")),
                        possibly(rows.getTimestamp("ended"))));
    }

    private static Audience audience(ResultSet rows) throws SQLException {
        @Nullable String query = rows.getString("query");
        if (query != null) {
            return new Audience.Matching(query, rows.getBoolean("may_be_empty"));
        }
        long campaign = rows.getLong("campaign");
        if (!rows.wasNull()) {
            return new Audience.Span(campaign, rows.getInt("span_from"), rows.getInt("span_to"));
        }
        if (work(rows) instanceof JobWork.Restore(long job)) {
            return new Audience.Changed(job);
        }
        return new Audience.Named(
                Arrays.stream((String[]) rows.getArray("devices").getArray())
                        .map(EndpointId::of)
                        .toList());
    }

    /// Nothing for a script, whose steps stand beside it, as does the profile that devices are brought to.
    private static @Nullable String work(JobWork work) {
        return switch (work) {
            case JobWork.Script _ -> null;
            case JobWork.Hold(String profile, int version) -> "hold " + version + " " + profile;
            case JobWork.Bring _ -> BRING;
            case JobWork.Deploy(
                    long campaign,
                    Rollout(long module, Rollout.Action action, boolean keepData),
                    String key) ->
                "deploy " + campaign + " " + module + " " + action.name() + " " + keepData + " " + key;
            case JobWork.DeployBack(long campaign, long module, String key) ->
                "deployback " + campaign + " " + module + " " + key;
            case JobWork.Migrate(
                    long campaign,
                    Crossing(String transport, boolean keepCwmp, Duration settle, boolean byNetwork)) ->
                "migrate " + campaign + " " + transport + " " + keepCwmp + " " + settle.toSeconds()
                        + (byNetwork ? BY_NETWORK : "");
            case JobWork.MigrateBack(long campaign) -> "migrateback " + campaign;
            case JobWork.Restore(long job) -> "restore " + job;
            case JobWork.RollBack(long campaign, String key) -> "rollback " + campaign + " " + key;
            case JobWork.Upgrade(long image, String key) -> "upgrade " + image + " " + key;
        };
    }

    private static JobWork work(ResultSet rows) throws SQLException {
        @Nullable String text = rows.getString("work");
        if (text == null) {
            return new JobWork.Script(steps(ByteBuffer.wrap(rows.getBytes("steps"))));
        }
        if (text.equals(BRING)) {
            return new JobWork.Bring(new String(rows.getBytes("steps"), StandardCharsets.UTF_8));
        }
        String[] words = text.split(" ", 3);
        return switch (words[0]) {
            case "deploy" -> {
                String[] what = words[2].split(" ", 4);
                yield new JobWork.Deploy(
                        Long.parseLong(words[1]),
                        new Rollout(
                                Long.parseLong(what[0]),
                                Rollout.Action.valueOf(what[1]),
                                Boolean.parseBoolean(what[2])),
                        what[3]);
            }
            case "deployback" -> {
                String[] what = words[2].split(" ", 2);
                yield new JobWork.DeployBack(Long.parseLong(words[1]), Long.parseLong(what[0]), what[1]);
            }
            case "hold" -> new JobWork.Hold(words[2], Integer.parseInt(words[1]));
            case "migrate" -> {
                boolean byNetwork = words[2].endsWith(BY_NETWORK);
                String[] how = words[2].replace(BY_NETWORK, "").split(" ", 3);
                yield new JobWork.Migrate(
                        Long.parseLong(words[1]),
                        new Crossing(
                                how[0],
                                Boolean.parseBoolean(how[1]),
                                Duration.ofSeconds(Long.parseLong(how[2])),
                                byNetwork));
            }
            case "migrateback" -> new JobWork.MigrateBack(Long.parseLong(words[1]));
            case "restore" -> new JobWork.Restore(Long.parseLong(words[1]));
            case "rollback" -> new JobWork.RollBack(Long.parseLong(words[1]), words[2]);
            case "upgrade" -> new JobWork.Upgrade(Long.parseLong(words[1]), words[2]);
            default -> throw new SQLException("no work of jobs: " + text);
        };
    }

    private static List<Request<?>> steps(ByteBuffer all) {
        List<Request<?>> steps = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] step = new byte[all.getInt()];
            all.get(step);
            steps.add((Request<?>) decoded(step));
        }
        return steps;
    }

    private static Optional<ServiceWindow> window(ResultSet rows) throws SQLException {
        @Nullable String from = rows.getString("window_from");
        if (from == null) {
            return Optional.empty();
        }
        return Optional.of(new ServiceWindow(
                LocalTime.parse(from),
                LocalTime.parse(rows.getString("window_to")),
                Arrays.stream((String[]) rows.getArray("window_days").getArray())
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)))));
    }

    static Instant time(ResultSet rows, String column) throws SQLException {
        return rows.getTimestamp(column).toInstant();
    }

    private static Optional<Instant> possibly(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    static TargetState state(ResultSet rows) throws SQLException {
        String why = rows.getString("why");
        return switch (TargetState.Kind.valueOf(rows.getString("state"))) {
            case WAITING -> new TargetState.Waiting(time(rows, "due"), why);
            case OFFLINE -> new TargetState.Offline(why);
            case RUNNING -> new TargetState.Running();
            case DONE -> new TargetState.Done(why);
            case FAILED -> new TargetState.Failed(why);
            case CANCELLED -> new TargetState.Cancelled();
            case UNCERTAIN -> new TargetState.Uncertain(why);
        };
    }
}
