using System.Globalization;
using PinnSweep.Cluster.Machines;
using PinnSweep.Trainers;

namespace PinnSweep.Doctor;

/// <summary>Whether a node here would train on the GPUs, by which engine, and what is missing where it would not.</summary>
internal static class GpuCheck
{
    private const string Memory = "/dev/nvidia-uvm";

    /// <summary>A line for each GPU, then what computes on them.</summary>
    public static IEnumerable<Finding> Run(GpuSight sight, TrainerDevices trainer) =>
    [
        .. sight.All.IsEmpty
            ? [new Finding("gpu", FindingState.Optional, "no NVIDIA GPU", "only needed to train on a GPU; a container is given one by a device plugin or by --gpus all")]
            : sight.All.Select(gpu => Of(gpu, sight, trainer)),
        Driver(trainer),
        trainer.HasTorch
            ? Finding.Ok("libtorch cuda", "libtorch computes on a GPU (--engine torch/cuda)")
            : new("libtorch cuda", FindingState.Optional, "this libtorch computes on the processor", "only needed for --engine torch/cuda: build with -p:TorchBackend=cuda, or name the libtorch of a PyTorch with CUDA by PINNSWEEP_LIBTORCH"),
    ];

    private static Finding Of(Gpu gpu, GpuSight sight, TrainerDevices trainer)
    {
        var name = gpu.MemoryBytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"GPU {gpu.Index}: {gpu.Name}, {bytes / (double)(1 << 30):0.0} GiB")
            : string.Create(CultureInfo.InvariantCulture, $"GPU {gpu.Index}: {gpu.Name}");
        if (!sight.Visible.Contains(gpu))
        {
            return Unused("CUDA_VISIBLE_DEVICES keeps it from this process", "unset CUDA_VISIBLE_DEVICES, or name it there");
        }

        return trainer.EngineOn(gpu) switch
        {
            Gpu.Kernels => Finding.Ok("gpu", $"{name}: will be used, one slot, by the kernels of this program (engine cuda); --lanes N trains N trials in it at once"),
            Gpu.Torch => Finding.Ok("gpu", $"{name}: will be used, one slot, by libtorch (engine torch/cuda), for the kernels cannot: {trainer.WhyNoKernels(gpu)}; --lanes N trains N trials in it at once, up to eight as one operation"),
            _ => Unused(trainer.WhyNoKernels(gpu)!, Remedy(sight, trainer)),
        };

        Finding Unused(string why, string remedy) => new("gpu", FindingState.Optional, $"{name}: will not be used: {why}", remedy);
    }

    /// <summary>What is seen from outside tells more than the driver, which has but numbers for it.</summary>
    private static string Remedy(GpuSight sight, TrainerDevices trainer) =>
        !sight.Closed.IsEmpty ? $"this user may not open {string.Join(", ", sight.Closed)}: add it to the group of the files (ls -l /dev/nvidia*), or give the container the device"
        : trainer.Driver is null ? "install the driver's library libcuda.so.1 (it comes with the driver); a container needs NVIDIA_DRIVER_CAPABILITIES=compute,utility and NVIDIA's container toolkit"
        : !sight.Files.IsEmpty && !sight.Files.Contains(Memory) ? $"{Memory} is not there: `nvidia-modprobe -u -c=0` as root makes it"
        : trainer.Cards.IsEmpty ? "look at `nvidia-smi` and `dmesg | grep NVRM`: the driver is there and does not find the GPU"
        : "bring the driver up to date, or use a trainer whose libtorch has CUDA";

    private static Finding Driver(TrainerDevices trainer) => trainer switch
    {
        { Driver: null } => new("cuda driver", FindingState.Optional, trainer.Problem ?? "none", "only needed to train on a GPU"),
        { Cards.IsEmpty: true } => new("cuda driver", FindingState.Optional, $"CUDA {trainer.Driver}: {trainer.Problem ?? "no device"}", "only needed to train on a GPU"),
        _ => Finding.Ok("cuda driver", string.Create(CultureInfo.InvariantCulture, $"CUDA {trainer.Driver}: {string.Join("; ", trainer.Cards.Select((card, number) => $"cuda:{number} {card.Name}"))}")),
    };
}
