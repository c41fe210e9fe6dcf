// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2, of which JSON is a part, without what makes it dangerous: anchors, aliases and tags are refused, and
/// depth and size are bounded while it is read.
public final class YamlReader {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("file")
            .setCodePointLimit(Limits.FILE)
            .setParseComments(false)
            .build();

    private final Iterator<Event> events;
    private int depth;
    private int nodes;
    private int line = 1;

    private YamlReader(String text) {
        this.events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /// @throws YamlException where it is no YAML, or one that is not taken
    public static List<YamlNode> documents(String text) throws YamlException {
        YamlReader reader = new YamlReader(text);
        try {
            return reader.read();
        } catch (MarkedYamlEngineException wrong) {
            int line = wrong.getProblemMark().map(mark -> mark.getLine() + 1).orElse(reader.line);
            throw new YamlException(line, "this is no YAML: " + wrong.getProblem());
        } catch (YamlEngineException wrong) {
            throw new YamlException(reader.line, "this is no YAML: " + wrong.getMessage());
        }
    }

    private List<YamlNode> read() throws YamlException {
        List<YamlNode> documents = new ArrayList<>();
        while (events.hasNext()) {
            if (next() instanceof DocumentStartEvent) {
                documents.add(node(next()));
            }
        }
        return documents;
    }

    private Event next() {
        Event event = events.next();
        line = event.getStartMark().map(Mark::getLine).map(at -> at + 1).orElse(line);
        return event;
    }

    private YamlNode node(Event event) throws YamlException {
        int begin = line;
        if (event instanceof AliasEvent) {
            throw new YamlException(begin, "aliases (*name) are not taken here; write it out");
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            throw new YamlException(begin, "anchors (&name) are not taken here; write it out");
        }
        if (++nodes > Limits.NODES) {
            throw new YamlException(begin, "a file has " + Limits.NODES + " values at most");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                requireNoTag(scalar.getTag(), begin);
                yield new YamlNode.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, begin);
            }
            case SequenceStartEvent sequence -> {
                requireNoTag(sequence.getTag(), begin);
                enter(begin);
                List<YamlNode> items = new ArrayList<>();
                for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
                    items.add(node(item));
                }
                depth--;
                yield new YamlNode.Sequence(items, begin);
            }
            case MappingStartEvent mapping -> {
                requireNoTag(mapping.getTag(), begin);
                enter(begin);
                YamlNode read = new YamlNode.Mapping(entries(), begin);
                depth--;
                yield read;
            }
            default -> throw new YamlException(begin, "a value is missing here");
        };
    }

    private List<YamlNode.Entry> entries() throws YamlException {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            if (!(node(key) instanceof YamlNode.Scalar name)) {
                throw new YamlException(line, "a name must be a text, not a list or another mapping");
            }
            if (!keys.add(name.text())) {
                throw new YamlException(name.line(), "\"" + shortened(name.text()) + "\" stands here twice");
            }
            entries.add(new YamlNode.Entry(name, node(next())));
        }
        return entries;
    }

    /// What is quoted in an error.
    public static String shortened(String text) {
        return text.length() <= Limits.QUOTED ? text : text.substring(0, Limits.QUOTED) + "…";
    }

    private void enter(int begin) throws YamlException {
        if (++depth > Limits.DEPTH) {
            throw new YamlException(begin, "it is nested deeper than " + Limits.DEPTH);
        }
    }

    private static void requireNoTag(Optional<String> tag, int begin) throws YamlException {
        if (tag.isPresent()) {
            throw new YamlException(begin, "tags (!name) are not taken here");
        }
    }
}
