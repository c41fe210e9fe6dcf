// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos audit verify`: whether the audit log is as it was written. The hashes are computed here, from what the
/// server
/// shows, so that its own word is not enough.
@Command(
        name = "verify",
        description =
                "Checks that no entry of the audit log was changed or taken out. What it ends with, the head, seals"
                        + " all before it: keep it elsewhere, and give it to the next check.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos audit verify",
            "  pharos audit verify --head 1204:6b0f…   (all 64 digits)",
            "",
            "Exit status: 0 intact, 1 not, 3 the server could not be reached."
        })
final class AuditVerifyCommand extends ServerCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;
    private static final Pattern HEAD = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    @Option(
            names = "--head",
            paramLabel = "NUMBER:HASH",
            description = "What an earlier check ended with: it must still be there.")
    private @Nullable String head;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        AuditChain chain = new AuditChain(kept());
        RestClient client = client();
        boolean progress = Terminal.interactive() && !json();
        String cursor = "";
        do {
            JsonNode page = client.get(AuditCommand.AUDIT + "?order=oldest&limit=" + PAGE + "&cursor=" + cursor);
            page.path("items").forEach(chain::add);
            cursor = page.path("nextCursor").asString("");
            if (progress) {
                System.err.printf(Locale.ROOT, "\r%,d entries", chain.entries());
            }
        } while (!cursor.isEmpty() && chain.fault().isEmpty());
        if (progress) {
            System.err.print("\r\033[K");
        }
        Optional<String> fault = chain.verdict();
        PrintWriter out = out();
        if (json()) {
            ObjectNode answer = Json.object()
                    .put("intact", fault.isEmpty())
                    .put("entries", chain.entries())
                    .put("head", chain.head());
            fault.ifPresent(why -> answer.put("fault", why));
            out.println(Json.text(answer));
        } else if (fault.isPresent()) {
            out.println(Terminal.red("NOT INTACT") + "  " + fault.get());
        } else {
            out.println(Terminal.green("intact") + "  " + String.format(Locale.ROOT, "%,d entries", chain.entries())
                    + "  head " + chain.head());
        }
        out.flush();
        return fault.isEmpty() ? 0 : ExitStatus.DENIED;
    }

    private Optional<AuditChain.Head> kept() {
        if (head == null) {
            return Optional.empty();
        }
        Matcher parts = HEAD.matcher(head.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new WrongUsageException("--head looks like 1204:6b0f…, a number and 64 hexadecimal digits");
        }
        return Optional.of(new AuditChain.Head(Long.parseLong(parts.group(1)), parts.group(2)));
    }
}
