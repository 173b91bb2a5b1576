using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Security;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Dir => Path.Combine(_folder.Path, "certs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Init_two_nodes_makes_files_that_only_their_owner_reads()
    {
        Init("node-1:node-1.lab.example,10.0.0.7", "node-2");

        var files = Directory.GetFiles(Dir, "*", SearchOption.AllDirectories);
        Assert.Equal(
            ["ca.crt", "ca.key", "node-1/ca.crt", "node-1/node.crt", "node-1/node.key", "node-2/ca.crt", "node-2/node.crt", "node-2/node.key"],
            files.Select(file => Path.GetRelativePath(Dir, file)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Init_names_of_a_node_stand_in_its_certificate()
    {
        Init("node-1:node-1.lab.example,10.0.0.7");

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Dir, "node-1", "node.crt"));
        Assert.All((string[])["node-1", "node-1.lab.example", "10.0.0.7"], name => Assert.True(certificate.MatchesHostname(name)));
        Assert.False(certificate.MatchesHostname("node-2"));
    }

    [Fact]
    public void Init_where_an_authority_is_refuses_and_changes_nothing()
    {
        Init("node-1");
        var before = Contents();

        var mistake = Assert.Throws<UserMistakeException>(() => Init("node-2"));

        Assert.Contains("certs add", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Add_a_node_is_trusted_by_the_others()
    {
        Init("node-1");

        CertificateAuthority.Add(Dir, [NodeCertificate.Parse("node-2")], TimeProvider.System);

        using var trusted = TrustedAuthority.Load(Path.Combine(Dir, "node-1", "ca.crt"));
        using var other = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Dir, "node-2", "node.crt"));
        Assert.Null(trusted.WhyNot(other));
    }

    [Fact]
    public void Add_a_node_that_has_a_certificate_refuses()
    {
        Init("node-1");

        var mistake = Assert.Throws<UserMistakeException>(() => CertificateAuthority.Add(Dir, [NodeCertificate.Parse("node-1")], TimeProvider.System));

        Assert.Contains("has a certificate already", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_authority_of_the_same_name_is_not_trusted()
    {
        Init("node-1");
        var foreign = Path.Combine(_folder.Path, "foreign");
        CertificateAuthority.Init(foreign, [NodeCertificate.Parse("node-1")], TimeProvider.System);

        using var trusted = TrustedAuthority.Load(Path.Combine(Dir, "ca.crt"));
        using var other = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(foreign, "node-1", "node.crt"));

        Assert.NotNull(trusted.WhyNot(other));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Renew_makes_another_certificate_with_the_same_names_in_files_of_the_owner_alone()
    {
        Init("node-1:node-1.lab.example,10.0.0.7", "node-2");
        var (before, other) = (Node("node-1"), Node("node-2"));

        CertificateAuthority.Renew(Dir, ["node-1"], TimeProvider.System);

        using var renewed = Node("node-1");
        Assert.NotEqual(before.Thumbprint, renewed.Thumbprint);
        Assert.NotEqual(before.GetPublicKeyString(), renewed.GetPublicKeyString());
        Assert.All((string[])["node-1", "node-1.lab.example", "10.0.0.7"], name => Assert.True(renewed.MatchesHostname(name)));
        Assert.Equal(other.Thumbprint, Node("node-2").Thumbprint);
        Assert.Equal(renewed.Thumbprint, NodeTls.Load(Path.Combine(Dir, "node-1")).Certificate.Thumbprint);
        Assert.All(Directory.GetFiles(Dir, "*", SearchOption.AllDirectories), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Empty(Directory.GetFiles(Dir, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public void Renew_a_node_that_is_not_there_names_the_nearest()
    {
        Init("node-1");

        Assert.Contains("node-1", Assert.Throws<UserMistakeException>(() => CertificateAuthority.Renew(Dir, ["node1"], TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_authority_takes_over_in_three_steps_and_both_are_trusted_between()
    {
        Init("node-1", "node-2");
        using var old = TrustedAuthority.Load(Path.Combine(Dir, "ca.crt"));

        CertificateAuthority.RenewAuthority(Dir, TimeProvider.System);
        using var both = TrustedAuthority.Load(Path.Combine(Dir, "node-1", "ca.crt"));
        Assert.Null(both.WhyNot(Node("node-1")));
        Assert.Throws<UserMistakeException>(() => CertificateAuthority.Drop(Dir, TimeProvider.System));

        CertificateAuthority.Renew(Dir, [], TimeProvider.System);
        Assert.Null(both.WhyNot(Node("node-1")));
        Assert.NotNull(old.WhyNot(Node("node-1")));

        CertificateAuthority.Drop(Dir, TimeProvider.System);
        using var newest = TrustedAuthority.Load(Path.Combine(Dir, "node-2", "ca.crt"));
        Assert.Null(newest.WhyNot(Node("node-2")));
        Assert.Equal(1, File.ReadAllText(Path.Combine(Dir, "node-2", "ca.crt")).Split("BEGIN CERTIFICATE").Length - 1);
        CertificateAuthority.Add(Dir, [NodeCertificate.Parse("node-3")], TimeProvider.System);
        Assert.Null(newest.WhyNot(Node("node-3")));
    }

    [Fact]
    public void Ends_tells_the_authority_and_every_node()
    {
        Init("node-1", "node-2");

        Assert.Equal(
            ["ca.crt of PinnSweep cluster authority ends", "node.crt of node-1 ends", "node.crt of node-2 ends"],
            CertificateAuthority.Ends(Dir, TimeProvider.System).Select(end => end.ToString().Split(" on ")[0]));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("ca.key")]
    [InlineData("")]
    [InlineData("node-1:not a host")]
    public void A_node_that_is_no_name_is_refused(string text) => Assert.Throws<UserMistakeException>(() => NodeCertificate.Parse(text));

    [Fact]
    public void Loading_a_certificate_out_of_date_says_when_it_ended()
    {
        CertificateAuthority.Init(Dir, [NodeCertificate.Parse("node-1")], new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        var mistake = Assert.Throws<UserMistakeException>(() => NodeTls.Load(Path.Combine(Dir, "node-1")));

        Assert.Contains("ended on 2022-01-01", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loading_the_authority_of_another_cluster_beside_a_certificate_is_refused()
    {
        Init("node-1");
        var foreign = Path.Combine(_folder.Path, "foreign");
        CertificateAuthority.Init(foreign, [], TimeProvider.System);
        File.Copy(Path.Combine(foreign, "ca.crt"), Path.Combine(Dir, "node-1", "ca.crt"), overwrite: true);

        var mistake = Assert.Throws<UserMistakeException>(() => NodeTls.Load(Path.Combine(Dir, "node-1")));

        Assert.Contains("not signed by", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node.key")]
    [InlineData("node.crt")]
    [InlineData("ca.crt")]
    public void Loading_a_folder_with_a_broken_file_names_it(string name)
    {
        Init("node-1");
        File.WriteAllText(Path.Combine(Dir, "node-1", name), "no PEM");

        var mistake = Assert.Throws<UserMistakeException>(() => NodeTls.Load(Path.Combine(Dir, "node-1")));

        Assert.Contains(name, mistake.Message, StringComparison.Ordinal);
    }

    private void Init(params string[] nodes) => CertificateAuthority.Init(Dir, [.. nodes.Select(NodeCertificate.Parse)], TimeProvider.System);

    private X509Certificate2 Node(string name) => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Dir, name, "node.crt"));

    private string Contents() => string.Join('\n', Directory.GetFiles(Dir, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file}\n{File.ReadAllText(file)}"));
}
