using System.CommandLine;
using PinnSweep.Cluster.Security;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>certs</c>: a private authority for one cluster, and certificates of its nodes.</summary>
internal static class CertsVerb
{
    public static Command Create(Terminal terminal) => new("certs", "Certificates for the connections between nodes, from a private authority.")
    {
        Init(terminal),
        Add(terminal),
        Renew(terminal),
        Show(terminal),
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

    private static Command Renew(Terminal terminal)
    {
        var folder = Folder("The folder of the authority");
        var nodes = new Argument<string[]>("NODE") { Description = "Whose certificate to make anew, with the names that it has. Default: all", Arity = ArgumentArity.ZeroOrMore };
        var authority = new Option<bool>("--authority") { Description = "Make a new authority that signs from now on; nodes are to trust the old one too until all have certificates of the new one" };
        var drop = new Option<bool>("--drop") { Description = "End the trust in every authority but the newest" };
        var command = new Command("renew", "Make certificates anew in place. Nodes read theirs again when the files change, and go on meanwhile.") { folder, nodes, authority, drop };
        command.SetAction(parsed =>
        {
            var (dir, names) = (parsed.GetRequiredValue(folder), parsed.GetValue(nodes) ?? []);
            var (begins, ends) = (parsed.GetValue(authority), parsed.GetValue(drop));
            if ((begins && ends) || ((begins || ends) && names.Length > 0))
            {
                throw new UserMistakeException("certs renew: --authority and --drop are steps of their own, for all nodes; give one of them, or names of nodes, or none for all nodes");
            }

            var (folders, files, next) = (begins, ends) switch
            {
                (true, _) => (CertificateAuthority.RenewAuthority(dir, TimeProvider.System), TlsFiles.Authority, $"then: pinnsweep certs renew {dir}"),
                (_, true) => (CertificateAuthority.Drop(dir, TimeProvider.System), TlsFiles.Authority, "then the old authority is trusted no more"),
                _ => (CertificateAuthority.Renew(dir, names, TimeProvider.System), $"{TlsFiles.Node} and {TlsFiles.NodeKey}", "a node that runs takes them over within seconds"),
            };
            foreach (var node in folders)
            {
                terminal.Out.WriteLine($"node: {node} (copy {files} to that machine)");
            }

            terminal.Out.WriteLine(next);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var folder = Folder("The folder of the authority, or of a node");
        var command = new Command("show", "When certificates end.") { folder };
        command.SetAction(parsed =>
        {
            foreach (var end in CertificateAuthority.Ends(parsed.GetRequiredValue(folder), TimeProvider.System))
            {
                terminal.Out.WriteLine(end.IsNear ? $"{end}: {end.Remedy}" : end.ToString());
            }

            return ExitCode.Done;
        });
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
