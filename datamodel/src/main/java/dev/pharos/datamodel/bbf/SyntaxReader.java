// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.bbf.BbfFile.Kind;
import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.Facets.Range;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.ReferenceDefinition;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.format.TypeNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads `<syntax>`: the type of a parameter or argument, through named types to a base type, with the facets
/// gathered on the way.
final class SyntaxReader {
    private static final int TYPE_STEPS = 16;

    private final BbfFolder folder;

    SyntaxReader(BbfFolder folder) {
        this.folder = folder;
    }

    /// What a syntax says.
    record Syntax(
            ParameterType type,
            Optional<ReferenceDefinition> reference,
            Optional<String> defaultValue,
            boolean secured) {}

    /// @param objectPath of the object that the parameter is in, for relative references
    Syntax read(BbfFile file, XmlElement syntax, String objectPath, String rootPath)
            throws IOException, ModelFormatException {
        Draft draft = new Draft();
        list(syntax, draft);
        XmlElement type = null;
        for (XmlElement child : syntax.children) {
            if (child.name.equals("dataType") || TypeNames.typeOf(child.name).isPresent()) {
                type = child;
            }
        }
        if (type == null) {
            throw syntax.wrong("<syntax> has no type");
        }
        gather(file, type, draft, 0);
        Optional<ReferenceDefinition> reference = type.all("pathRef").isEmpty()
                ? Optional.empty()
                : Optional.of(reference(type.all("pathRef").getFirst(), objectPath, rootPath));
        return new Syntax(
                draft.type(syntax),
                reference,
                defaultValue(syntax),
                isTrue(syntax, "secured") || isTrue(syntax, "hidden"));
    }

    private static boolean isTrue(XmlElement element, String attribute) {
        return element.attribute(attribute)
                .map(v -> v.equals("true") || v.equals("1"))
                .orElse(false);
    }

    private static Optional<String> defaultValue(XmlElement syntax) {
        return syntax.child("default")
                .filter(d -> !d.isDeleted())
                .filter(d -> {
                    String type = d.attribute("type").orElse("object");
                    return type.equals("object") || type.equals("factory") || type.equals("parameter");
                })
                .flatMap(d -> d.attribute("value"))
                .map(value -> value.equals("{{empty}}") ? "" : value);
    }

    /// What was found so far; what is nearer to the parameter wins over what its named types say.
    private static final class Draft {
        Optional<PrimitiveType> base = Optional.empty();
        boolean list;
        String dataTypeName = "";
        Optional<Range> length = Optional.empty();
        Optional<Range> listLength = Optional.empty();
        List<Range> ranges = List.of();
        List<String> enumeration = List.of();
        List<Pattern> patterns = List.of();
        String unit = "";

        ParameterType type(XmlElement at) throws ModelFormatException {
            Facets facets = new Facets(length, listLength, ranges, enumeration, patterns, unit);
            return new ParameterType(
                    base.orElseThrow(() -> at.wrong("the type has no base type")),
                    list,
                    facets.equals(Facets.NONE) ? Facets.NONE : facets,
                    dataTypeName);
        }
    }

    private void gather(BbfFile file, XmlElement type, Draft draft, int steps)
            throws IOException, ModelFormatException {
        if (steps > TYPE_STEPS) {
            throw type.wrong("named types go in a circle");
        }
        facets(type, draft);
        Optional<PrimitiveType> base = TypeNames.typeOf(type.name);
        if (base.isPresent()) {
            draft.base = base;
            return;
        }
        Optional<String> reference = type.attribute("ref").or(() -> type.attribute("base"));
        if (reference.isPresent()) {
            if (draft.dataTypeName.isEmpty()) {
                draft.dataTypeName = reference.get();
            }
            for (XmlElement child : type.children) {
                if (TypeNames.typeOf(child.name).isPresent()) {
                    facets(child, draft);
                }
            }
            BbfFolder.Found found = folder.find(file, Kind.DATA_TYPE, reference.get(), type);
            gather(found.file(), found.element(), draft, steps + 1);
            return;
        }
        list(type, draft);
        for (XmlElement child : type.children) {
            if (TypeNames.typeOf(child.name).isPresent()) {
                gather(file, child, draft, steps + 1);
                return;
            }
        }
        throw type.wrong("the type " + type.attribute("name").orElse("") + " has no base type");
    }

    private static void list(XmlElement holder, Draft draft) throws ModelFormatException {
        Optional<XmlElement> list = holder.child("list");
        if (list.isPresent()) {
            draft.list = true;
            if (draft.listLength.isEmpty()) {
                draft.listLength = size(list.get());
            }
        }
    }

    private static void facets(XmlElement type, Draft draft) throws ModelFormatException {
        if (draft.length.isEmpty()) {
            draft.length = size(type);
        }
        if (draft.ranges.isEmpty()) {
            draft.ranges = ranges(type);
        }
        if (draft.enumeration.isEmpty()) {
            draft.enumeration = values(type, "enumeration");
        }
        if (draft.patterns.isEmpty()) {
            draft.patterns = patterns(type);
        }
        if (draft.unit.isEmpty()) {
            draft.unit = type.child("units").flatMap(u -> u.attribute("value")).orElse("");
        }
    }

    private static List<String> values(XmlElement type, String facet) throws ModelFormatException {
        List<String> values = new ArrayList<>();
        for (XmlElement element : type.all(facet)) {
            if (!element.isDeleted() && !values.contains(element.required("value"))) {
                values.add(element.required("value"));
            }
        }
        return values;
    }

    private static List<Pattern> patterns(XmlElement type) throws ModelFormatException {
        List<Pattern> patterns = new ArrayList<>();
        for (XmlElement element : type.all("pattern")) {
            try {
                patterns.add(Pattern.compile(element.required("value")));
            } catch (PatternSyntaxException wrong) {
                throw element.wrong("not a pattern: " + wrong.getDescription());
            }
        }
        return patterns;
    }

    /// Several sizes are alternatives; what lies between them is let through.
    private static Optional<Range> size(XmlElement type) throws ModelFormatException {
        List<XmlElement> sizes = type.all("size");
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal minimum = null;
        BigDecimal maximum = BigDecimal.ZERO;
        for (XmlElement size : sizes) {
            BigDecimal low = number(size, "minLength").orElse(BigDecimal.ZERO);
            minimum = minimum == null ? low : minimum.min(low);
            Optional<BigDecimal> high = number(size, "maxLength");
            maximum = maximum == null || high.isEmpty() ? null : maximum.max(high.get());
        }
        Optional<BigDecimal> low = Optional.ofNullable(minimum).filter(m -> m.signum() > 0);
        return Optional.of(range(type, low, Optional.ofNullable(maximum)));
    }

    private static List<Range> ranges(XmlElement type) throws ModelFormatException {
        List<Range> ranges = new ArrayList<>();
        for (XmlElement range : type.all("range")) {
            ranges.add(range(range, number(range, "minInclusive"), number(range, "maxInclusive")));
        }
        return ranges;
    }

    private static Range range(XmlElement at, Optional<BigDecimal> minimum, Optional<BigDecimal> maximum)
            throws ModelFormatException {
        try {
            return new Range(minimum, maximum);
        } catch (IllegalArgumentException empty) {
            throw at.wrong(String.valueOf(empty.getMessage()));
        }
    }

    private static Optional<BigDecimal> number(XmlElement element, String attribute) throws ModelFormatException {
        Optional<String> text = element.attribute(attribute);
        if (text.isPresent() && !text.get().matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
            throw element.wrong(attribute + " is no number: " + text.get());
        }
        return text.map(BigDecimal::new);
    }

    private static ReferenceDefinition reference(XmlElement pathRef, String objectPath, String rootPath) {
        boolean strong = pathRef.attribute("refType").orElse("weak").equals("strong");
        String kind = pathRef.attribute("targetType").orElse("any");
        List<String> targets = new ArrayList<>();
        String parents = pathRef.attribute("targetParent").orElse("").strip();
        if (kind.equals("row") && !parents.isEmpty()) {
            for (String parent : parents.split("\\s+", -1)) {
                String path = RelativePath.resolve(parent, objectPath, rootPath);
                targets.add(path.endsWith(".{i}.") ? path : path + "{i}.");
            }
        }
        return new ReferenceDefinition(strong, targets);
    }
}
