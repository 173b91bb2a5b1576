namespace PinnSweep.Deployment.Tests.Manifests;

/// <summary>A StatefulSet of PinnSweep and the pods that it makes.</summary>
internal sealed record Pods(Yaml Set)
{
    public string Name => Set["metadata"]["name"].Text;

    public int Replicas => Set["spec"]["replicas"].Number ?? 1;

    public Yaml Spec => Set["spec"]["template"]["spec"];

    public Yaml Container => Spec["containers"].Items.FirstOrDefault();

    public Yaml Labels => Set["spec"]["template"]["metadata"]["labels"];

    public string Image => Container["image"].Text.Split('/')[^1].Split(':')[0];

    /// <summary>Names under which the pods reach each other inside their namespace, by ordinal.</summary>
    public IEnumerable<string> Hosts => Enumerable.Range(0, Replicas).Select(ordinal => $"{Name}-{ordinal}.{Set["spec"]["serviceName"].Text}");

    /// <summary>
    /// An environment variable as the first pod gets it: plain text, or from a ConfigMap among the documents; null when it is not set.
    /// </summary>
    public string? Variable(string name, IReadOnlyList<Yaml> all)
    {
        var variable = Container["env"].Named(name);
        var reference = variable["valueFrom"]["configMapKeyRef"];
        return !variable.Exists ? null
            : reference.Exists ? all.FirstOrDefault(document => document["kind"].Text == "ConfigMap" && document["metadata"]["name"].Text == reference["name"].Text)["data"][reference["key"].Text].Text
            : variable["value"].Text.Replace("$(POD_NAME)", $"{Name}-0", StringComparison.Ordinal);
    }

    public bool IsSelectedBy(Yaml labels) => labels.Exists && IsSelectedBy(labels, Labels);

    private static bool IsSelectedBy(Yaml selector, Yaml labels) => selector.Entries.All(label => labels[label.Key].Text == label.Value.Text);
}
