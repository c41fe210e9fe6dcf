// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// SHA-256 over the content of a supported data model, each field with its length before it, sets in the
/// order of names.
final class ContentHash {
    private final MessageDigest digest;

    private ContentHash(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(SupportedDataModel model) {
        try {
            ContentHash hash = new ContentHash(MessageDigest.getInstance("SHA-256"));
            hash.text(model.uri());
            hash.sorted(model.objects(), ObjectDefinition::path).forEach(hash::object);
            return HexFormat.of().formatHex(hash.digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void object(ObjectDefinition object) {
        text(object.path());
        text(object.access().name());
        sorted(object.uniqueKeys(), UniqueKey::toString).forEach(key -> {
            texts(key.parameters());
            flag(key.functional());
        });
        sorted(object.parameters(), ParameterDefinition::name).forEach(this::parameter);
        for (CommandDefinition command : sorted(object.commands(), CommandDefinition::name)) {
            text(command.name());
            flag(command.asynchronous());
            sorted(command.inputs(), ArgumentDefinition::name).forEach(this::argument);
            sorted(command.outputs(), ArgumentDefinition::name).forEach(this::argument);
            text(command.description());
        }
        for (EventDefinition event : sorted(object.events(), EventDefinition::name)) {
            text(event.name());
            sorted(event.arguments(), ArgumentDefinition::name).forEach(this::argument);
            text(event.description());
        }
        text(object.description());
        object.presence().ifPresent(presence -> {
            text(presence.kind().name());
            text(presence.parameter());
        });
    }

    private void parameter(ParameterDefinition parameter) {
        text(parameter.name());
        type(parameter.type());
        text(parameter.access().name());
        flag(parameter.reference().isPresent());
        parameter.reference().ifPresent(reference -> {
            flag(reference.strong());
            texts(reference.targets());
        });
        optional(parameter.defaultValue());
        flag(parameter.secured());
        text(parameter.notification().name());
        text(parameter.description());
    }

    private void argument(ArgumentDefinition argument) {
        text(argument.name());
        type(argument.type());
        flag(argument.mandatory());
        text(argument.description());
    }

    private void type(ParameterType type) {
        text(type.base().name());
        flag(type.list());
        text(type.dataTypeName());
        Facets facets = type.facets();
        optional(facets.length().map(Facets.Range::toString));
        optional(facets.listLength().map(Facets.Range::toString));
        texts(facets.ranges().stream().map(Facets.Range::toString).toList());
        texts(facets.enumeration());
        texts(facets.patterns().stream().map(Object::toString).toList());
        text(facets.unit());
    }

    private <T> List<T> sorted(Collection<T> elements, Function<T, String> name) {
        number(elements.size());
        return elements.stream().sorted(Comparator.comparing(name)).toList();
    }

    private void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void optional(Optional<String> text) {
        flag(text.isPresent());
        text.ifPresent(this::text);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void flag(boolean flag) {
        digest.update((byte) (flag ? 1 : 0));
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }
}
