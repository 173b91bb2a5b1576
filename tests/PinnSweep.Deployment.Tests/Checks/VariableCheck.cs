using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Variables are those that the program reads, as its own help lists them.</summary>
internal static class VariableCheck
{
    // Kubernetes would add variables for every service, PINNSWEEP_PORT for the one called pinnsweep, with an address as its value.
    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            foreach (var unknown in pods.Container["env"].Items.Select(variable => variable["name"].Text)
                         .Where(name => name.StartsWith("PINNSWEEP_", StringComparison.Ordinal) && !NodeHelp.Variables.Contains(name)))
            {
                yield return $"{pods.Name}: `pinnsweep node` does not know the variable {unknown}";
            }

            if (pods.Spec["enableServiceLinks"].Text != "false")
            {
                yield return $"{pods.Name}: service links would set PINNSWEEP_PORT to something that is no port";
            }

            var role = pods == rendering.Coordinators ? "coordinator" : "worker";
            if (pods.Variable("PINNSWEEP_ROLES", rendering.All) != role)
            {
                yield return $"{pods.Name}: PINNSWEEP_ROLES is not {role}";
            }
        }
    }
}
