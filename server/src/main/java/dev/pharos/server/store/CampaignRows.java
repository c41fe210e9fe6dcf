// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignState;
import dev.pharos.controller.campaign.CampaignState.Held;
import dev.pharos.controller.campaign.CampaignState.RollingBack;
import dev.pharos.controller.campaign.Leg;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Campaigns as rows of the table `campaigns`, and back.
final class CampaignRows {
    private CampaignRows() {}

    /// How it stands: `:state`, `:why`, `:leg`, `:wave`, `:since`, `:job` and `:course`.
    static void bind(SqlStatement<?> statement, CampaignState state, Campaign.Course course) {
        Optional<Leg> leg = state.leg();
        @Nullable
        Integer wave = state instanceof Held held
                ? (Integer) held.wave()
                : leg.map(Leg::wave).orElse(null);
        @Nullable Instant since = null;
        @Nullable Long job = state instanceof RollingBack(Optional<Long> back) ? back.orElse(null) : null;
        switch (leg.orElse(null)) {
            case null -> {}
            case Leg.Due _ -> {}
            case Leg.Reading reading -> job = reading.job();
            case Leg.Updating updating -> job = updating.job();
            case Leg.Soaking soaking -> since = soaking.since();
            case Leg.Checking checking -> {
                job = checking.job();
                since = checking.since();
            }
        }
        statement
                .bind("state", state.kind().name())
                .bind("why", Storable.text(state.why()))
                .bind("leg", leg.map(CampaignRows::word).orElse(null))
                .bindBySqlType("wave", wave, Types.INTEGER)
                .bindBySqlType("since", since == null ? null : Storable.time(since), Types.TIMESTAMP)
                .bindBySqlType("job", job, Types.BIGINT)
                .bind("course", CampaignJson.course(course));
    }

    private static String word(Leg leg) {
        return leg.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    static Campaign campaign(ResultSet rows) throws SQLException {
        return new Campaign(
                rows.getLong("id"),
                CampaignJson.plan(rows.getString("plan")),
                JobRows.time(rows, "created"),
                rows.getString("created_by"),
                rows.getInt("revision"),
                state(rows),
                CampaignJson.course(rows.getString("course")));
    }

    private static CampaignState state(ResultSet rows) throws SQLException {
        String why = rows.getString("why");
        return switch (CampaignState.Kind.valueOf(rows.getString("state"))) {
            case UNAPPROVED -> new CampaignState.Unapproved();
            case READY -> new CampaignState.Ready();
            case RUNNING -> new CampaignState.Running(leg(rows));
            case PAUSED -> new CampaignState.Paused(leg(rows), why);
            case HELD -> new Held(rows.getInt("wave"), why);
            case STOPPED -> new CampaignState.Stopped(why);
            case DONE -> new CampaignState.Done(why);
            case ROLLING_BACK -> {
                long job = rows.getLong("job");
                yield new RollingBack(rows.wasNull() ? Optional.empty() : Optional.of(job));
            }
            case ROLLED_BACK -> new CampaignState.RolledBack(why);
        };
    }

    private static Leg leg(ResultSet rows) throws SQLException {
        int wave = rows.getInt("wave");
        return switch (rows.getString("leg")) {
            case "DUE" -> new Leg.Due(wave);
            case "READING" -> new Leg.Reading(wave, rows.getLong("job"));
            case "UPDATING" -> new Leg.Updating(wave, rows.getLong("job"));
            case "SOAKING" -> new Leg.Soaking(wave, JobRows.time(rows, "since"));
            case "CHECKING" -> new Leg.Checking(wave, rows.getLong("job"), JobRows.time(rows, "since"));
            case String other -> throw new SQLException("no leg of campaigns: " + other);
        };
    }
}
