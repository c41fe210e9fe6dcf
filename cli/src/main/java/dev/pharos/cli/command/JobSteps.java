// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.WrongUsageException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The steps of a job as typed: `set PATH=VALUE… then operate COMMAND`.
final class JobSteps {
    private static final String NEXT = "then";

    private JobSteps() {}

    /// Puts them where the server looks for them: a firmware image is no step among others.
    static void put(ObjectNode body, List<String> words) {
        if (!words.getFirst().equals("firmware")) {
            body.set("steps", of(words));
            return;
        }
        if (words.size() != 2 || !words.getLast().matches("[0-9]{1,18}")) {
            throw new WrongUsageException("firmware takes the number of an image, and nothing beside it");
        }
        body.put("firmware", Long.parseLong(words.getLast()));
    }

    static ArrayNode of(List<String> words) {
        ArrayNode steps = Json.array(List.of());
        List<String> step = new ArrayList<>();
        for (String word : words) {
            if (word.equals(NEXT)) {
                steps.add(step(step));
                step = new ArrayList<>();
            } else {
                step.add(word);
            }
        }
        steps.add(step(step));
        return steps;
    }

    private static ObjectNode step(List<String> words) {
        if (words.size() < 2) {
            throw new WrongUsageException(
                    "a step is missing, or has nothing to do: it looks like"
                            + " get PATH…, set PATH=VALUE…, add OBJECT [PARAM=VALUE…], delete PATH…, operate COMMAND [ARG=VALUE…]");
        }
        String verb = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        List<String> more = rest.subList(1, rest.size());
        ObjectNode body = switch (verb) {
            case "get" -> RequestBodies.get(rest);
            case "set" -> RequestBodies.set(rest, false);
            case "add" -> RequestBodies.add(rest.getFirst(), more);
            case "delete" -> Json.object().set("objPaths", Json.array(rest));
            case "operate" -> RequestBodies.operate(rest.getFirst(), more);
            case "instances" -> Json.object().set("objPaths", Json.array(rest));
            default ->
                throw new WrongUsageException(
                        verb + " is no step; get, set, add, delete, operate and instances are, parted by \"then\"");
        };
        return Json.object().set(verb, body);
    }
}
