using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace PinnSweep.Deployment.Tests.Manifests;

/// <summary>
/// A place in a YAML document. What is not there is an empty place, so that a check reads a path in one go and finds nothing.
/// </summary>
internal readonly record struct Yaml(YamlNode? Node)
{
    public Yaml this[string key] => new(Node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    public bool Exists => Node is not null;

    public string Text => (Node as YamlScalarNode)?.Value ?? "";

    public int? Number => int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IEnumerable<Yaml> Items => Node is YamlSequenceNode list ? list.Children.Select(item => new Yaml(item)) : [];

    public IEnumerable<KeyValuePair<string, Yaml>> Entries =>
        Node is YamlMappingNode map ? map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, new Yaml(entry.Value))) : [];

    /// <summary>The item of a list by its name.</summary>
    public Yaml Named(string name) => Items.FirstOrDefault(item => item["name"].Text == name);

    /// <summary>Every document of a text.</summary>
    public static IReadOnlyList<Yaml> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }

    public override string ToString() => Text;
}
