using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// The profile can be loaded, and fits the number of coordinators: one, or three with a quorum of two that every planned disruption leaves.
/// </summary>
internal static class QuorumCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        var coordinators = rendering.Coordinators!;
        var settings = rendering.OfKind("ConfigMap").Select(map => map["data"]["profile.conf"]).FirstOrDefault(profile => profile.Exists);
        if (!settings.Exists)
        {
            return ["no ConfigMap holds a profile.conf"];
        }

        var resolver = NodeProfile.Parse(settings.Text, "profile.conf").Settings.GetConfig("akka.cluster.split-brain-resolver");
        var isQuorum = resolver.GetString("active-strategy") == "static-quorum";
        var role = resolver.GetString(isQuorum ? "static-quorum.role" : "keep-oldest.role");
        var budget = rendering.OfKind("PodDisruptionBudget").FirstOrDefault(budget => coordinators.IsSelectedBy(budget["spec"]["selector"]["matchLabels"]))["spec"];
        var findings = new List<string>();
        if (role != NodeDefaults.CoordinatorRole)
        {
            findings.Add($"the split-brain resolver counts role '{role}', not coordinators alone");
        }

        if (isQuorum ? coordinators.Replicas != 3 || resolver.GetInt("static-quorum.quorum-size") != 2 : coordinators.Replicas != 1)
        {
            findings.Add($"{coordinators.Replicas} coordinators with the strategy {resolver.GetString("active-strategy")}: it must be one with keep-oldest, or three with a static quorum of two");
        }

        if (budget["maxUnavailable"].Number != 1)
        {
            findings.Add("no disruption budget moves coordinators one at a time");
        }

        return findings;
    }
}
