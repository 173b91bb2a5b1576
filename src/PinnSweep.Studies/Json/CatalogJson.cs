using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Json;

/// <summary>The catalog as JSON: what <c>catalog --json</c> prints.</summary>
public static class CatalogJson
{
    /// <summary>
    /// One object with a list for each factor asked for, under its plural (<c>problems</c>, <c>balancers</c>, …): kind, summary, source,
    /// notice and what the defaults are known to give (where there is something) and parameters with type in words, default (absent where
    /// the parameter is required) and summary; members of groups nested.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="factors">The factors to write; all but precision where null.</param>
    public static string Write(Catalog catalog, IReadOnlyList<Factor>? factors = null) => SpecValueJson.Text(json =>
    {
        json.WriteStartObject();
        foreach (var factor in factors ?? [.. FactorWords.All.Where(factor => factor != Factor.Precision)])
        {
            json.WriteStartArray(factor.ToPlural());
            foreach (var entry in catalog.Of(factor))
            {
                json.WriteStartObject();
                json.WriteString("kind", entry.Kind);
                json.WriteString("summary", entry.Summary);
                json.WriteString("source", entry.Source);
                if (entry.Notice is { } notice)
                {
                    json.WriteString("notice", notice);
                }

                if (entry.DefaultsCaution is { } caution)
                {
                    json.WriteString("defaults", caution);
                }

                WriteParameters(json, "parameters", entry.Parameters);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    private static void WriteParameters(Utf8JsonWriter json, string name, ImmutableArray<Parameter> parameters)
    {
        json.WriteStartArray(name);
        foreach (var parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("type", TypeWords.Of(parameter.Type));
            json.WriteBoolean("required", parameter.Default is null);
            if (parameter.Default is { } standard)
            {
                json.WriteValue("default", standard);
            }

            json.WriteString("summary", parameter.Summary);
            if (Members(parameter.Type) is { } members)
            {
                WriteParameters(json, "members", members);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<Parameter>? Members(ParameterType type) => type switch
    {
        ParameterType.Group group => group.Members,
        ParameterType.MethodOf method => method.Beside,
        ParameterType.Optional optional => Members(optional.Type),
        ParameterType.ListOf list => Members(list.Item),
        ParameterType.MapOf map => Members(map.Item),
        _ => null,
    };
}
