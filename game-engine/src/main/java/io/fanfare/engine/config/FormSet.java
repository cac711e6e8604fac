package io.fanfare.engine.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Several forms that are filled in on one document, each with its own fields; some may share a field. */
public record FormSet(List<? extends Form<?>> forms) {

    public FormSet {
        forms = List.copyOf(forms);
    }

    /** Everything that is wrong with the document: what a form refuses, and what no form knows. */
    public List<FieldViolation> violations(String path, Document document) {
        var violations = new LinkedHashSet<FieldViolation>();
        Set<String> known = new HashSet<>();
        for (Form<?> form : forms) {
            known.addAll(form.names());
            try {
                form.readPart(path, document);
            } catch (FieldsRefused refused) {
                violations.addAll(refused.violations());
            }
        }
        document.values().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violations.add(new FieldViolation(Form.inside(path, name), "is not known")));
        return List.copyOf(violations);
    }

    /** The JSON Schema of the whole document. */
    public Document closedSchema() {
        return Form.schemaOf(forms, true);
    }

    /** The JSON Schema of these forms' fields in a document that holds others too. */
    public Document openSchema() {
        return Form.schemaOf(forms, false);
    }
}
