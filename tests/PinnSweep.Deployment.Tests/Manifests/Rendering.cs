namespace PinnSweep.Deployment.Tests.Manifests;

/// <summary>What an overlay renders to.</summary>
internal sealed record Rendering(IReadOnlyList<Yaml> All)
{
    public Pods? Coordinators => PodsOf("pinnsweep-coordinator");

    public Pods? Workers => PodsOf("pinnsweep-worker");

    public IEnumerable<Pods> Nodes => new[] { Coordinators, Workers }.OfType<Pods>();

    public static Rendering Parse(string rendered) => new(Yaml.Documents(rendered));

    public IEnumerable<Yaml> OfKind(string kind) => All.Where(document => document["kind"].Text == kind);

    public Yaml Named(string kind, string name) => OfKind(kind).FirstOrDefault(document => document["metadata"]["name"].Text == name);

    private Pods? PodsOf(string name) => Named("StatefulSet", name) is { Exists: true } set ? new(set) : null;
}
