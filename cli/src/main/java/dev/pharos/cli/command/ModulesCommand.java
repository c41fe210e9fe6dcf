// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `pharos modules`: the software that is installed on a device beside its firmware.
@Command(
        name = "modules",
        description =
                "Lists, installs, updates and uninstalls software modules of a device; keeps the catalogue of those that"
                        + " the server has. With `campaign` they go to many devices in waves.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModulesCommand.Listing.class,
            ModulesCommand.Install.class,
            ModulesCommand.Update.class,
            ModulesCommand.Uninstall.class,
            ModulesCommand.Catalogue.class,
            ModulesUploadCommand.class,
            ModulesCommand.Show.class,
            ModulesCommand.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  pharos modules list os::0200F0-1",
            "  pharos modules install os::0200F0-1 https://files.example/hello-1.0.0.tar.gz",
            "  pharos modules update os::0200F0-1 hello https://files.example/hello-1.1.0.tar.gz --retain-data",
            "  pharos modules uninstall os::0200F0-1 hello",
            "  pharos modules upload hello-1.0.0.tar.gz              into the catalogue of the server",
            "  pharos modules catalogue                              all that are there",
            "  pharos modules install os::0200F0-1 7                 one of them, by its number",
            "  pharos campaign create --name spring --query FLEET --module 7 --waves '1%%, 10%%, rest'",
            "",
            "More: docs/software-modules.md."
        })
public final class ModulesCommand implements Callable<Integer> {
    static final String CATALOGUE = "/modules";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    /// What all of them are told.
    static class OnDevice extends ServerCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
        private String device = "";

        final String id() {
            return device;
        }

        final ModuleOperation operation() throws UnreachableException {
            return new ModuleOperation(client(), device, json(), out(), err());
        }
    }

    /// `pharos modules list`.
    @Command(
            name = "list",
            description = "Lists the deployment units of a device, and the execution units of each.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos modules list os::0200F0-1", "  pharos modules list os::0200F0-1 --json"
            })
    static final class Listing extends OnDevice implements Callable<Integer> {
        @Override
        public Integer call() throws DeniedException, UnreachableException {
            operation().list();
            return 0;
        }
    }

    /// `pharos modules install`.
    @Command(
            name = "install",
            description =
                    "Has a device fetch an archive and install it; ends with 1 where it does not. A module of the catalogue"
                            + " comes as a job: what it needs is looked for first, an older version is updated, and what is"
                            + " installed is read back.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  pharos modules install os::0200F0-1 7",
                "  pharos modules install os::0200F0-1 https://files.example/hello-1.0.0.tar.gz",
                "  pharos modules install os::0200F0-1 https://files.example/x.zip Resources.AllocatedMemory=65536"
            })
    static final class Install extends OnDevice implements Callable<Integer> {
        @Parameters(
                index = "1",
                paramLabel = "URL|MODULE",
                description = "Where the device fetches the archive, or a number of the catalogue.")
        private String url = "";

        @Parameters(index = "2..*", arity = "0..*", paramLabel = "ARG=VALUE", description = "Further arguments.")
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws DeniedException, UnreachableException, InterruptedException {
            if (url.matches("[0-9]{1,18}")) {
                if (!arguments.isEmpty()) {
                    throw wrong("a module of the catalogue takes no further arguments");
                }
                ObjectNode work = Json.object();
                work.putObject("module").put("id", Long.parseLong(url));
                return new FollowedJob(client(), id(), json(), out()).run(work, true);
            }
            List<String> all = new ArrayList<>(List.of("URL=" + url));
            all.addAll(arguments);
            operation().run("InstallDU()", all);
            return 0;
        }
    }

    /// One that is there already.
    static class OnUnit extends OnDevice {
        @Parameters(index = "1", paramLabel = "UNIT", description = "Name or number of the deployment unit.")
        private String unit = "";

        @Option(names = "--retain-data", description = "Keep the data of the unit.")
        private boolean retain;

        final int run(String command, List<String> more)
                throws DeniedException, UnreachableException, InterruptedException {
            List<String> arguments = new ArrayList<>(List.of("RetainData=" + retain));
            arguments.addAll(more);
            operation().run(ModuleOperation.unit(unit) + command, arguments);
            return 0;
        }
    }

    /// `pharos modules update`.
    @Command(
            name = "update",
            description = "Has a device put another version in the place of one that is installed.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  pharos modules update os::0200F0-1 hello https://files.example/hello-1.1.0.tar.gz"
            })
    static final class Update extends OnUnit implements Callable<Integer> {
        @Parameters(
                index = "2",
                arity = "0..1",
                paramLabel = "URL",
                description = "Where the device fetches the archive; the URL of the last time where it is left out.")
        private @Nullable String url;

        @Override
        public Integer call() throws DeniedException, UnreachableException, InterruptedException {
            return run("Update()", url == null ? List.of() : List.of("URL=" + url));
        }
    }

    /// `pharos modules uninstall`.
    @Command(
            name = "uninstall",
            description = "Has a device stop and remove what is installed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos modules uninstall os::0200F0-1 hello"})
    static final class Uninstall extends OnUnit implements Callable<Integer> {
        @Override
        public Integer call() throws DeniedException, UnreachableException, InterruptedException {
            return run("Uninstall()", List.of());
        }
    }

    /// `pharos modules catalogue`.
    @Command(
            name = "catalogue",
            description = "Lists the software modules that the server has, the newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos modules catalogue", "  pharos modules catalogue --json"})
    static final class Catalogue extends ServerCommand implements Callable<Integer> {
        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(CATALOGUE), ModulesText::table);
        }
    }

    /// `pharos modules show`.
    @Command(
            name = "show",
            description = "Shows one module of the catalogue.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos modules show 7", "  pharos modules show 7 --json"})
    static final class Show extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "MODULE", description = "Its number.")
        private long module;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(CATALOGUE + "/" + module), ModulesText::whole);
        }
    }

    /// `pharos modules delete`: devices that have it are not touched.
    @Command(
            name = "delete",
            description = "Deletes a module from the catalogue; devices that have it are not touched.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos modules delete 7"})
    static final class Delete extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "MODULE", description = "Its number.")
        private long module;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            client().delete(CATALOGUE + "/" + module);
            return print(Json.object().put("deleted", module), "deleted module " + module);
        }
    }
}
