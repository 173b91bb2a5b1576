using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Doctor;

/// <summary>Whether a node could use its certificates, and for how long still.</summary>
internal static class CertificateCheck
{
    private const string Name = "certificate";

    /// <summary>Looks at a folder; null or empty for none, of which nothing is said.</summary>
    public static IEnumerable<Finding> Run(string? folder, TimeProvider clock)
    {
        if (folder is not { Length: > 0 })
        {
            return [];
        }

        try
        {
            return [.. NodeTls.Open(folder, clock).Ends().Select(Of)];
        }
        catch (UserMistakeException mistake)
        {
            return [new(Name, FindingState.Missing, mistake.Message, "pinnsweep certs init DIR --node NAME makes a folder for each node, and certs renew new certificates")];
        }
    }

    /// <summary>One that ends soon still does; one of several authorities that has ended does no harm.</summary>
    private static Finding Of(CertificateEnd end) => end.IsNear ? new(Name, FindingState.Optional, end.ToString(), end.Remedy) : Finding.Ok(Name, end.ToString());
}
