using PinnSweep.Deployment.Tests.Checks;

namespace PinnSweep.Deployment.Tests.Kubernetes;

/// <summary>What the check is for: each of these mistakes, made in a rendering that fits, is found.</summary>
public class BrokenOverlayTests
{
    [Theory]
    [InlineData("terminationGracePeriodSeconds: 90", "terminationGracePeriodSeconds: 30", "grace period of 30 s")]
    [InlineData("terminationGracePeriodSeconds: 90", "terminationGracePeriodSeconds: 77", "grace period of 77 s is less than the 78 s")]
    [InlineData("seeds: pinnsweep-coordinator-0.pinnsweep-coordinator:", "seeds: pinnsweep-coordinator-0.pinnsweep-coordinators:", "pinnsweep-coordinator-0.pinnsweep-coordinators is no pod")]
    [InlineData(",pinnsweep-worker-1.", ",pinnsweep-worker-7.", "pinnsweep-worker-7.pinnsweep-worker is no pod")]
    [InlineData("seeds: pinnsweep-coordinator-0.pinnsweep-coordinator:4053,", "seeds: ", "do not begin with every coordinator")]
    [InlineData(",pinnsweep-worker-1.pinnsweep-worker:4053", "", "fewer than two workers")]
    [InlineData("pinnsweep-worker-1.pinnsweep-worker:4053", "pinnsweep-worker-1.pinnsweep-worker:4054", "does not name port 4053")]
    [InlineData("$(POD_NAME).pinnsweep-worker", "$(POD_NAME).pinnsweep-worker.default.svc", "PINNSWEEP_PUBLIC_HOST is not the name")]
    [InlineData("containerPort: 4053", "containerPort: 4054", "port 'remoting' is not 4053")]
    [InlineData("port: 8053", "port: 8054", "port 8054")]
    [InlineData("value: \"4053\"", "value: \"4054\"", "PINNSWEEP_PORT")]
    [InlineData("value: http://0.0.0.0:8053", "value: http://127.0.0.1:8053", "PINNSWEEP_HTTP")]
    [InlineData("value: http://pinnsweep:8053", "value: http://pinnsweep:80", "PINNSWEEP_PUBLIC_URL")]
    [InlineData("path: /healthz/ready", "path: /ready", "readinessProbe")]
    [InlineData("path: /healthz/live", "path: /healthz", "livenessProbe")]
    [InlineData("image: pinnsweep-trainer-cpu:", "image: pinnsweep-trainer:", "no target for the image pinnsweep-trainer")]
    [InlineData("image: pinnsweep-trainer-cpu:", "image: pinnsweep-node:", "it needs pinnsweep-trainer-cpu")]
    [InlineData("image: pinnsweep-node:0.1.0", "image: pinnsweep-node:latest", "no version")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "may run as root")]
    [InlineData("runAsUser: 1654", "runAsUser: 0", "may run as root")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "root is writable")]
    [InlineData("- ALL", "- NET_RAW", "keeps privileges")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "seccomp")]
    [InlineData("automountServiceAccountToken: false", "automountServiceAccountToken: true", "token of the Kubernetes API")]
    [InlineData("enableServiceLinks: false", "enableServiceLinks: true", "service links")]
    [InlineData("memory: 2Gi", "cpu: 2", "limit of the processor")]
    [InlineData("cpu: 500m", "ephemeral-storage: 1Gi", "does not say what it needs")]
    [InlineData("name: PINNSWEEP_SLOTS", "name: PINNSWEEP_SLOT", "does not know the variable PINNSWEEP_SLOT")]
    [InlineData("value: worker", "value: coordinator,worker", "PINNSWEEP_ROLES")]
    [InlineData("replicas: 1", "replicas: 2", "2 coordinators with the strategy keep-oldest")]
    [InlineData("maxUnavailable: 1", "minAvailable: 1", "one at a time")]
    [InlineData("podManagementPolicy: Parallel", "podManagementPolicy: OrderedReady", "in parallel")]
    [InlineData("publishNotReadyAddresses: true", "publishNotReadyAddresses: false", "not ready")]
    [InlineData("value: /data/pinnsweep.db", "value: /var/pinnsweep.db", "no volume that outlives")]
    [InlineData("value: /data/work", "value: /work", "/work is on no writable volume")]
    [InlineData("value: /etc/pinnsweep/tokens/tokens", "value: /etc/tokens", "PINNSWEEP_TOKENS names /etc/tokens")]
    [InlineData("- name: PINNSWEEP_INSECURE", "- name: PINNSWEEP_ENGINE_UNKNOWN", "either certificates or the word")]
    [InlineData("defaultMode: 288", "defaultMode: 292", "the secret tokens can be read by more")]
    [InlineData("fsGroup: 1654", "supplementalGroups: [1654]", "the secret tokens can be read by more")]
    [InlineData("  - Egress\n", "", "reaches the whole world")]
    [InlineData("- port: 53\n", "- port: 54\n", "cannot look names up")]
    [InlineData("- port: 8053\n      protocol", "- port: 8055\n      protocol", "does not reach other nodes at port 8053")]
    [InlineData("- port: 4053\n      protocol", "- port: 4055\n      protocol", "must be open to nodes")]
    public void A_mistake_is_found(string right, string wrong, string finding)
    {
        var rendered = Overlays.Render("lab");
        Assert.Contains(right, rendered, StringComparison.Ordinal);

        var findings = DeploymentCheck.Findings(rendered.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gpu", "value: compute,utility", "value: graphics", "without the driver's library")]
    [InlineData("gpu", "name: PINNSWEEP_LANES", "name: PINNSWEEP_UNTIL", "how many trials share its GPU")]
    [InlineData("gpu", "nvidia.com/gpu: 1", "memory: 8Gi", "asks for a GPU and tolerates no machine with one")]
    [InlineData("gpu-torch", "image: pinnsweep-trainer-cuda:", "image: pinnsweep-trainer-cpu:", "it needs pinnsweep-trainer-cuda")]
    [InlineData("gpu-torch", "nvidia.com/gpu: 1", "memory: 8Gi", "wants the engine of libtorch on a GPU and asks for none")]
    public void A_mistake_in_an_overlay_with_gpus_is_found(string overlay, string right, string wrong, string finding)
    {
        var rendered = Overlays.Render(overlay);
        Assert.Contains(right, rendered, StringComparison.Ordinal);

        var findings = DeploymentCheck.Findings(rendered.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void A_port_between_nodes_that_is_open_to_everybody_is_found()
    {
        var rendered = Overlays.Render("ha");
        var from = rendered.IndexOf("  - from:", StringComparison.Ordinal);
        var open = rendered.Remove(from, rendered.IndexOf("    ports:", from, StringComparison.Ordinal) - from).Insert(from, "  -\n");

        Assert.Contains(DeploymentCheck.Findings(open), found => found.Contains("nobody else", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scheme: HTTPS", "scheme: HTTP", "by HTTPS")]
    [InlineData("value: https://0.0.0.0:8053", "value: http://0.0.0.0:8053", "carries tokens in plain text")]
    [InlineData("value: https://pinnsweep:8053", "value: http://pinnsweep:8053", "carries tokens in plain text")]
    [InlineData("defaultMode: 288", "defaultMode: 420", "the secret tls can be read by more")]
    [InlineData("- port: 5432\n", "- port: 5433\n", "does not reach its database")]
    public void A_mistake_in_the_protected_overlay_is_found(string right, string wrong, string finding)
    {
        var rendered = Overlays.Render("tls");
        Assert.Contains(right, rendered, StringComparison.Ordinal);

        var findings = DeploymentCheck.Findings(rendered.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Three_coordinators_with_a_file_for_a_store_are_found()
    {
        var rendered = Overlays.Render("ha");
        var secret = rendered.IndexOf("          valueFrom:\n            secretKeyRef:\n              key: store", StringComparison.Ordinal);
        var file = rendered.Remove(secret, rendered.IndexOf("        - name: POD_NAME", secret, StringComparison.Ordinal) - secret).Insert(secret, "          value: /data/pinnsweep.db\n");

        Assert.Contains(DeploymentCheck.Findings(file), found => found.Contains("from a secret", StringComparison.Ordinal));
    }
}
