// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server and an agent are killed without warning, again and again, while values change: whatever the
/// device has promised to tell is in the store, once.
class SoakTest {
    private static final int KILLS = 50;
    private static final int FEW_KILLS = 3;

    @Test
    void nothing_is_lost_or_doubled_by_a_few_kills(@TempDir Path folder) throws Exception {
        survive(FEW_KILLS, new SecureRandom().nextInt(1_000_000), folder);
    }

    /// `-Dpharos.soak="--kills 200 --seed 42"`
    @Test
    @Tag("soak")
    void nothing_is_lost_or_doubled_by_many_kills(@TempDir Path folder) throws Exception {
        String options = System.getProperty("pharos.soak", "");
        survive(
                (int) option(options, "kills", KILLS),
                option(options, "seed", new SecureRandom().nextInt(1_000_000)),
                folder);
    }

    private static long option(String options, String name, long otherwise) {
        Matcher found = Pattern.compile("--" + name + "[ =](\\d+)").matcher(options);
        return found.find() ? Long.parseLong(found.group(1)) : otherwise;
    }

    private static void survive(int kills, long seed, Path folder) throws Exception {
        System.out.println("soak: --kills " + kills + " --seed " + seed);
        try (KillRun run = new KillRun(folder, seed)) {
            run.begin();
            for (int done = 0; done < kills; ) {
                done += run.strike(kills - done);
            }
            KillRun.Account account = run.settle();
            System.out.println("soak: " + run.figures() + ", " + account.figures());
            assertThat(account.missing()).as("promised and not stored").isEmpty();
            assertThat(account.doubled()).as("stored more than once").isEmpty();
            assertThat(account.doubledSequence()).as("numbers of two events").isEmpty();
            assertThat(account.stored()).as("events of changes").isNotZero();
            assertThat(account.devices()).isEqualTo(1);
        }
    }
}
