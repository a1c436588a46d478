use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&args[1]).unwrap();
    let name = Path::new(&args[1]).file_stem().unwrap().to_str().unwrap().to_owned();
    let out = Path::new(&args[2]).join(&name);
    let config =
        sdk_generator::config::Config::parse(&format!("[crate]\nname = \"{name}\"\nversion = \"0.1.0\"\n"))
            .unwrap();
    let input = sdk_generator::document::Input {
        name: &name,
        bytes: &bytes,
        overlays: &[],
        read: &|_| Err("no".into()),
    };
    let t = std::time::Instant::now();
    match sdk_generator::generate(&input, &config) {
        Ok(done) => {
            println!(
                "{name}: ok, {} files, {} operations, {} types, {:?}",
                done.files.len(),
                done.plan.api.operations.len(),
                done.plan.api.types.len(),
                t.elapsed()
            );
            std::fs::remove_dir_all(&out).ok();
            for (path, text) in done.files.iter() {
                let p = out.join(path);
                std::fs::create_dir_all(p.parent().unwrap()).unwrap();
                std::fs::write(p, text).unwrap();
            }
        }
        Err(found) => {
            println!("{name}: FAILED");
            for d in found.iter().take(30) {
                println!(
                    "  {:?} {} {} {:?}: {}",
                    d.severity,
                    d.code,
                    d.message,
                    d.location.pointer.to_string(),
                    d.help
                );
            }
        }
    }
}
