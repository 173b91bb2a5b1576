using System.CommandLine;
using PinnSweep.Cluster.Security;

namespace PinnSweep.Commands;

/// <summary><c>certs</c>: a private authority for one cluster, and certificates of its nodes.</summary>
internal static class CertsVerb
{
    public static Command Create(Terminal terminal) => new("certs", "Certificates for the connections between nodes, from a private authority.")
    {
        Init(terminal),
        Add(terminal),
    };

    private static Command Init(Terminal terminal)
    {
        var folder = Folder("The folder to make the authority in");
        var nodes = new Option<string[]>("--node")
        {
            Description = "A node to make a certificate for, with further names and addresses of its machine; may stand more than once",
            HelpName = "NAME[:HOST,HOST…]",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("init", "Make the authority, and a folder with ca.crt, node.crt and node.key for each node.") { folder, nodes };
        command.SetAction(parsed => Tell(
            terminal,
            parsed.GetRequiredValue(folder),
            CertificateAuthority.Init(parsed.GetRequiredValue(folder), [.. parsed.GetRequiredValue(nodes).Select(NodeCertificate.Parse)], TimeProvider.System)));
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var folder = Folder("The folder of the authority");
        var nodes = new Argument<string[]>("NODE") { Description = "NAME, or NAME:HOST,HOST… with further names and addresses of its machine", Arity = ArgumentArity.OneOrMore };
        var command = new Command("add", "Make certificates of more nodes with the authority that is there.") { folder, nodes };
        command.SetAction(parsed => Tell(
            terminal,
            parsed.GetRequiredValue(folder),
            CertificateAuthority.Add(parsed.GetRequiredValue(folder), [.. parsed.GetRequiredValue(nodes).Select(NodeCertificate.Parse)], TimeProvider.System)));
        return command;
    }

    private static Argument<string> Folder(string description) => new("DIR") { Description = description };

    private static int Tell(Terminal terminal, string folder, IReadOnlyCollection<string> nodes)
    {
        terminal.Out.WriteLine($"authority: {Path.Combine(folder, TlsFiles.Authority)}; keep {Path.Combine(folder, TlsFiles.AuthorityKey)} off the nodes");
        foreach (var node in nodes)
        {
            terminal.Out.WriteLine($"node: {node} (copy it to that machine and name it by pinnsweep node --tls)");
        }

        if (nodes.Count == 0)
        {
            terminal.Out.WriteLine($"no node yet: pinnsweep certs add {folder} NAME makes its certificate");
        }

        return ExitCode.Done;
    }
}
