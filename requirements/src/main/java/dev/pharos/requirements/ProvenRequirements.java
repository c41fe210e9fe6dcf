// SPDX-License-Identifier: Apache-2.0
package dev.pharos.requirements;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which tests carry [Requirement], read from compiled test classes without loading them.
public final class ProvenRequirements {
    private static final String ANNOTATION = "Ldev/pharos/requirements/Requirement;";

    private ProvenRequirements() {}

    /// The tests of each requirement id, by `Class.method`, of every `target/test-classes` beneath the root.
    public static Map<String, Set<String>> beneath(Path root) throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(ProvenRequirements::isTestClass).toList()) {
                collect(ClassFile.of().parse(file), tests);
            }
        }
        return tests;
    }

    private static boolean isTestClass(Path file) {
        String path = file.toString();
        return path.endsWith(".class") && path.contains("/target/test-classes/");
    }

    private static void collect(ClassModel type, Map<String, Set<String>> tests) {
        String name = type.thisClass().name().stringValue();
        String simple = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
        add(type.findAttribute(Attributes.runtimeVisibleAnnotations()), simple, tests);
        for (MethodModel method : type.methods()) {
            String test = simple + "." + method.methodName().stringValue();
            add(method.findAttribute(Attributes.runtimeVisibleAnnotations()), test, tests);
        }
    }

    private static void add(
            Optional<RuntimeVisibleAnnotationsAttribute> attribute, String test, Map<String, Set<String>> tests) {
        List<Annotation> annotations =
                attribute.map(RuntimeVisibleAnnotationsAttribute::annotations).orElse(List.of());
        for (Annotation annotation : annotations) {
            if (annotation.classSymbol().descriptorString().equals(ANNOTATION)) {
                for (AnnotationElement element : annotation.elements()) {
                    addIds(element.value(), test, tests);
                }
            }
        }
    }

    private static void addIds(AnnotationValue value, String test, Map<String, Set<String>> tests) {
        if (value instanceof AnnotationValue.OfArray array) {
            array.values().forEach(item -> addIds(item, test, tests));
        } else if (value instanceof AnnotationValue.OfString id) {
            tests.computeIfAbsent(id.stringValue(), _ -> new TreeSet<>()).add(test);
        }
    }
}
